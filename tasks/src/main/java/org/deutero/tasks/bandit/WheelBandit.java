package org.deutero.tasks.bandit;

import java.util.random.RandomGenerator;

/**
 * The wheel bandit (Riquelme, Tucker, Snoek 2018, arXiv 1802.09127): contexts are uniform in the unit disc. Arm 4 is safe and pays 1.2 everywhere. The other four pay 1.0, but beyond the radius
 * delta the arm of the context's quadrant pays 50. The larger delta is, the rarer is the lesson that exploring pays.
 *
 * <p>Standard deviations: 0.05, and 0.01 where an arm pays 50. Quadrants: x > 0, y > 0 is arm 0; x > 0, y <= 0 arm 1; x <= 0, y > 0 arm 2; the last arm 3.
 *
 * @param delta radius within which nothing pays 50, in [0, 1]
 */
public record WheelBandit(double delta) implements ContextualBandit {
    /** The safe arm. */
    public static final int SAFE = 4;

    private static final double ORDINARY = 1.0;
    private static final double BETTER = 1.2;
    private static final double HIGH = 50;

    /** Checks the radius. */
    public WheelBandit {
        if (!(delta >= 0 && delta <= 1)) {
            throw new IllegalArgumentException("delta of a wheel bandit must lie in [0, 1], not " + delta);
        }
    }

    @Override
    public int features() {
        return 2;
    }

    @Override
    public int arms() {
        return 5;
    }

    @Override
    public double[] context(RandomGenerator rng) {
        // By rejection: no root or sine whose last bit could differ between machines.
        double x;
        double y;
        do {
            x = 2 * rng.nextDouble() - 1;
            y = 2 * rng.nextDouble() - 1;
        } while (x * x + y * y > 1);
        return new double[] {x, y};
    }

    @Override
    public double mean(double[] context, int arm) {
        if (arm == SAFE) {
            return BETTER;
        }
        return paysHigh(context, arm) ? HIGH : ORDINARY;
    }

    @Override
    public double deviation(double[] context, int arm) {
        return paysHigh(context, arm) ? 0.01 : 0.05;
    }

    private boolean paysHigh(double[] context, int arm) {
        double x = context[0];
        double y = context[1];
        int quadrant = (x > 0 ? 0 : 2) + (y > 0 ? 0 : 1);
        return arm == quadrant && x * x + y * y > delta * delta;
    }

    /** delta^2 0.8 (1.2 - 1) + (1 - delta^2) (0.2 (50 - 1.2) + 0.6 (50 - 1)). */
    @Override
    public double uniformRegret() {
        double inside = delta * delta;
        double safe = 1.0 / arms();
        double within = (1 - safe) * (BETTER - ORDINARY);
        double beyond = safe * (HIGH - BETTER) + (1 - 2 * safe) * (HIGH - ORDINARY);
        return inside * within + (1 - inside) * beyond;
    }
}
