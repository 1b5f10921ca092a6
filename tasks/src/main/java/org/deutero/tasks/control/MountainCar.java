package org.deutero.tasks.control;

import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * A car in a valley whose motor is too weak for the hill (Moore 1990; Gymnasium's MountainCar-v0 and MountainCarContinuous-v0): it has to swing. Places, within [-1.2, 0.6], and speeds, in places a step and within 0.07, are pure numbers, as in the originals. What is seen is place and speed; on the hill the episode is terminated.
 *
 * @param throttle how the motor is used
 * @param horizon steps of an episode, 200 or 999 as a rule
 */
public record MountainCar(Throttle throttle, int horizon) implements Dynamics {
    private static final double LEFT = -1.2;
    private static final double RIGHT = 0.6;
    private static final double FASTEST = 0.07;
    private static final double SLOPE = 0.0025;

    /** How the motor is used, and what is paid. */
    public enum Throttle {
        /** Backwards, not at all or forwards; every step costs 1, and the hill is at 0.5. */
        CHOICE(0.001, 0.5),
        /** By a force within 1; a step costs a tenth of its square, before it is held within 1, and the hill, at 0.45, pays 100. */
        FORCE(0.0015, 0.45);

        private final double power;
        private final double hill;

        Throttle(double power, double hill) {
            this.power = power;
            this.hill = hill;
        }

        /** Steps of an episode as a rule. */
        int horizon() {
            return this == CHOICE ? 200 : 999;
        }
    }

    @Override
    public WorldShape shape() {
        Actions actions = throttle == Throttle.CHOICE ? new Actions.Discrete(3) : new Actions.Box(1, 1);
        return new WorldShape(2, actions, horizon);
    }

    @Override
    public int given() {
        return 0;
    }

    /** Place, and speed in places a step. */
    @Override
    public int state() {
        return 2;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {}

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        state[s] = -0.6 + 0.2 * chance.nextDouble();
        state[s + 1] = 0;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        System.arraycopy(state, s, seen, o, 2);
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        double force = throttle == Throttle.CHOICE ? action[a] - 1 : Bounds.clip(action[a], 1);
        double speed = state[s + 1] + throttle.power * force - SLOPE * Math.cos(3 * state[s]);
        speed = Bounds.clip(speed, FASTEST);
        double place = Bounds.clip(state[s] + speed, LEFT, RIGHT);
        state[s] = place;
        state[s + 1] = place == LEFT && speed < 0 ? 0 : speed;
        if (throttle == Throttle.CHOICE) {
            return -1;
        }
        return (terminated(given, g, state, s) ? 100 : 0) - 0.1 * action[a] * action[a];
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return state[s] >= throttle.hill && state[s + 1] >= 0;
    }
}
