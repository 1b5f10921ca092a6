package org.deutero.tasks.control;

import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * A rod that is to be swung up by a weak motor and held there (Gymnasium's Pendulum-v1). The torque is held within 2 N m and the speed within 8 rad/s; a step lasts 0.05 s and pays minus the square of the angle in radians, a tenth of the speed's in rad/s and a thousandth of the torque's in N m, all before the step. What is seen is cosine and sine of the angle, 0 upright, and
 * the speed. No episode is terminated.
 *
 * @param gravity in m/s^2, 10 as a rule
 * @param mass in kg, 1 as a rule
 * @param length in m, 1 as a rule
 * @param turn which way torques work
 * @param horizon steps of an episode, 200 as a rule
 */
public record Pendulum(Range gravity, Range mass, Range length, Turn turn, int horizon) implements Dynamics {
    private static final double SECONDS = 0.05;
    private static final double LARGEST_TORQUE = 2;
    private static final double LARGEST_SPEED = 8;
    private static final int GRAVITY = 0;
    private static final int MASS = 1;
    private static final int LENGTH = 2;
    private static final int SIGN = 3;

    /** Which way torques work. */
    public enum Turn {
        /** As asked for. */
        NORMAL,
        /** The other way. */
        SWAPPED,
        /** One or the other, in each lifetime. */
        EITHER
    }

    /** The rod of Gymnasium. */
    public static Pendulum standard(int horizon) {
        return new Pendulum(Range.of(10), Range.of(1), Range.of(1), Turn.NORMAL, horizon);
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(3, new Actions.Box(1, LARGEST_TORQUE), horizon);
    }

    /** Gravity in m/s^2, mass in kg, length in m and the sign of torques. */
    @Override
    public int given() {
        return 4;
    }

    /** Angle in radians, 0 upright, and speed in rad/s. */
    @Override
    public int state() {
        return 2;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        given[g + GRAVITY] = gravity.draw(rng);
        given[g + MASS] = mass.draw(rng);
        given[g + LENGTH] = length.draw(rng);
        boolean swapped = turn == Turn.SWAPPED || (turn == Turn.EITHER && rng.nextBoolean());
        given[g + SIGN] = swapped ? -1 : 1;
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        state[s] = Math.PI * (2 * chance.nextDouble() - 1);
        state[s + 1] = 2 * chance.nextDouble() - 1;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        seen[o] = Math.cos(state[s]);
        seen[o + 1] = Math.sin(state[s]);
        seen[o + 2] = state[s + 1];
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        double angle = state[s];
        double speed = state[s + 1];
        double torque = Bounds.clip(action[a], LARGEST_TORQUE);
        double wrapped = Bounds.wrap(angle);
        double length = given[g + LENGTH];
        double pull = 3 * given[g + GRAVITY] / (2 * length) * Math.sin(angle);
        double push = 3 / (given[g + MASS] * length * length) * given[g + SIGN] * torque;
        state[s + 1] = Bounds.clip(speed + (pull + push) * SECONDS, LARGEST_SPEED);
        state[s] = angle + state[s + 1] * SECONDS;
        return -(wrapped * wrapped + 0.1 * speed * speed + 0.001 * torque * torque);
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return false;
    }
}
