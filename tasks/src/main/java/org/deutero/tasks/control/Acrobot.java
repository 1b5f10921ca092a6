package org.deutero.tasks.control;

import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * Two rods of 1 m and 1 kg, one hanging from the other, with a motor of -1, 0 or 1 Nm between them, whose end is to be swung above a line 1 m over the pivot (Sutton 1996; Gymnasium's Acrobot-v1, the equations of Sutton and Barto). A step of 0.2 s, one of Runge and Kutta, costs 1, but not the one that arrives, which terminates the episode.
 * What is seen is cosine and sine of both angles, 0 hanging down and straight, and the speeds in rad/s, which are held within 4 pi and 9 pi.
 *
 * @param horizon steps of an episode, 500 as a rule
 */
public record Acrobot(int horizon) implements Dynamics {
    private static final double SECONDS = 0.2;
    private static final double GRAVITY = 9.8;
    private static final double MASS = 1;
    private static final double LENGTH = 1;
    private static final double CENTER = 0.5;
    private static final double INERTIA = 1;
    private static final double FIRST_FASTEST = 4 * Math.PI;
    private static final double SECOND_FASTEST = 9 * Math.PI;
    private static final int NUMBERS = 4;

    @Override
    public WorldShape shape() {
        return new WorldShape(6, new Actions.Discrete(3), horizon);
    }

    @Override
    public int given() {
        return 0;
    }

    /** Both angles in radians, both speeds in rad/s. */
    @Override
    public int state() {
        return NUMBERS;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {}

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        for (int i = 0; i < NUMBERS; i++) {
            state[s + i] = 0.1 * (2 * chance.nextDouble() - 1);
        }
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        seen[o] = Math.cos(state[s]);
        seen[o + 1] = Math.sin(state[s]);
        seen[o + 2] = Math.cos(state[s + 1]);
        seen[o + 3] = Math.sin(state[s + 1]);
        seen[o + 4] = state[s + 2];
        seen[o + 5] = state[s + 3];
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        double torque = action[a] - 1;
        double[] x = new double[NUMBERS];
        System.arraycopy(state, s, x, 0, NUMBERS);
        double[] k1 = change(x, torque);
        double[] k2 = change(moved(x, k1, SECONDS / 2), torque);
        double[] k3 = change(moved(x, k2, SECONDS / 2), torque);
        double[] k4 = change(moved(x, k3, SECONDS), torque);
        for (int i = 0; i < NUMBERS; i++) {
            state[s + i] = x[i] + SECONDS / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
        state[s] = Bounds.wrap(state[s]);
        state[s + 1] = Bounds.wrap(state[s + 1]);
        state[s + 2] = Bounds.clip(state[s + 2], FIRST_FASTEST);
        state[s + 3] = Bounds.clip(state[s + 3], SECOND_FASTEST);
        return terminated(given, g, state, s) ? 0 : -1;
    }

    private static double[] moved(double[] x, double[] change, double seconds) {
        double[] y = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            y[i] = x[i] + seconds * change[i];
        }
        return y;
    }

    /** Time derivatives of angles and speeds. */
    private static double[] change(double[] x, double torque) {
        double first = x[0];
        double second = x[1];
        double v = x[2];
        double w = x[3];
        double cosine = Math.cos(second);
        double sine = Math.sin(second);
        double d1 = MASS * CENTER * CENTER
                + MASS * (LENGTH * LENGTH + CENTER * CENTER + 2 * LENGTH * CENTER * cosine)
                + 2 * INERTIA;
        double d2 = MASS * (CENTER * CENTER + LENGTH * CENTER * cosine) + INERTIA;
        double phi2 = MASS * CENTER * GRAVITY * Math.cos(first + second - Math.PI / 2);
        double phi1 = -MASS * LENGTH * CENTER * w * w * sine
                - 2 * MASS * LENGTH * CENTER * w * v * sine
                + (MASS * CENTER + MASS * LENGTH) * GRAVITY * Math.cos(first - Math.PI / 2)
                + phi2;
        double secondChange = (torque + d2 / d1 * phi1 - MASS * LENGTH * CENTER * v * v * sine - phi2)
                / (MASS * CENTER * CENTER + INERTIA - d2 * d2 / d1);
        double firstChange = -(d2 * secondChange + phi1) / d1;
        return new double[] {v, w, firstChange, secondChange};
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return -Math.cos(state[s]) - Math.cos(state[s] + state[s + 1]) > 1;
    }
}
