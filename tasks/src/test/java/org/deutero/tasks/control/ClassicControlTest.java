package org.deutero.tasks.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.control.MountainCar.Throttle;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Lifetimes;
import org.junit.jupiter.api.Test;

/** Transitions of Gymnasium's classes in double precision, states set by hand. */
class ClassicControlTest {
    private static final Offset<Double> EXACT = within(1e-13);

    /** The last states and the rewards of a life that goes through given states. */
    private static double[] follow(
            Dynamics world, double[] given, double[] state, double[] actions, double[][] states, Offset<Double> near) {
        double[] rewards = new double[actions.length];
        for (int t = 0; t < actions.length; t++) {
            rewards[t] = world.step(given, 0, state, 0, actions, t, null);
            assertThat(state).as("step " + t).containsExactly(states[t], near);
        }
        return rewards;
    }

    @Test
    void pendulum() {
        double[][] states = {
            {2.062848653505963, 1.2569730701192614},
            {2.143748499124231, 1.617996912365356},
            {2.2711597530659184, 2.5482250788337533},
            {2.427243807425663, 3.1216810871948883},
            {2.615395071630912, 3.7630252841049727}
        };
        double[] given = {10, 1, 1, 1};
        double[] rewards = follow(
                Pendulum.standard(200), given, new double[] {2, 0.5}, new double[] {0.5, -2, 3, 0, 1}, states, EXACT);
        assertThat(rewards)
                .containsExactly(
                        new double[] {
                            -4.02525, -4.4173426971718674, -4.861449028339772, -5.807511729186171, -6.867001781701256
                        },
                        EXACT);
        // Twice the gravity and length, half the mass, and torques the other way round.
        double[] swapped = {20, 0.5, 2, -1};
        double[] state = {2, 0.5};
        Pendulum.standard(200).step(swapped, 0, state, 0, new double[] {0.5}, 0, null);
        double speed = 0.5 + 0.05 * (3 * 20 / 4.0 * Math.sin(2) - 3 / 2.0 * 0.5);
        assertThat(state).containsExactly(new double[] {2 + 0.05 * speed, speed}, EXACT);
    }

    @Test
    void anglesCostByTheShorterWay() {
        double[] given = {10, 1, 1, 1};
        for (double angle : new double[] {3, 3 + 2 * Math.PI, 3 - 4 * Math.PI, -3}) {
            double reward = Pendulum.standard(9).step(given, 0, new double[] {angle, 0}, 0, new double[] {0}, 0, null);
            assertThat(reward).isCloseTo(-9, within(1e-12));
        }
    }

    @Test
    void mountainCar() {
        double[][] states = {
            {-0.49917684300416926, 0.0008231569958307428},
            {-0.49753668667935325, 0.0016401563248160246},
            {-0.4970917969323474, 0.00044488974700586273},
            {-0.49684550006784745, 0.0002462968644999427},
            {-0.4957996374204934, 0.0010458626473540712}
        };
        MountainCar car = new MountainCar(Throttle.CHOICE, 200);
        double[] rewards =
                follow(car, new double[0], new double[] {-0.5, 0}, new double[] {2, 2, 0, 1, 2}, states, EXACT);
        assertThat(rewards).containsOnly(-1);
        assertThat(swing(car, 0, 2)).containsExactly(124, -124);
    }

    /** The reference stores its state in float32. */
    @Test
    void mountainCarWithAForce() {
        double[][] states = {
            {-0.49867684, 0.00132316},
            {-0.49679041, 0.00188642},
            {-0.49660483, 0.00018557},
            {-0.49662149, -0.0000166626},
            {-0.49534026, 0.00128123}
        };
        MountainCar car = new MountainCar(Throttle.FORCE, 999);
        double[] rewards = follow(
                car, new double[0], new double[] {-0.5, 0}, new double[] {1, 0.5, -2, 0, 1}, states, within(1e-6));
        assertThat(rewards).containsExactly(new double[] {-0.1, -0.025, -0.4, 0, -0.1}, EXACT);
        assertThat(swing(car, -1, 1)).containsExactly(new double[] {106, 89.4}, within(1e-9));
    }

    /** Steps and return of a car that is always pushed the way it goes. */
    private static double[] swing(MountainCar car, double back, double forth) {
        double[] state = {-0.5, 0};
        double[] result = new double[2];
        while (!car.terminated(new double[0], 0, state, 0)) {
            double push = state[1] >= 0 ? forth : back;
            result[0]++;
            result[1] += car.step(new double[0], 0, state, 0, new double[] {push}, 0, null);
        }
        return result;
    }

    @Test
    void theWallStopsTheCar() {
        MountainCar car = new MountainCar(Throttle.CHOICE, 200);
        double[] state = {-1.19, -0.07};
        car.step(new double[0], 0, state, 0, new double[] {0}, 0, null);
        assertThat(state).containsExactly(-1.2, 0);
    }

    @Test
    void acrobot() {
        double[][] states = {
            {0.03396426807716706, 0.014028356136744108, -0.175464650251537, 0.4197156022652691},
            {-0.016231987471804495, 0.12979767440777507, -0.31232424373614626, 0.7094698215459034},
            {-0.0576682850058025, 0.21577577468804512, -0.09182317700513473, 0.13093718714167968},
            {-0.06427347197556416, 0.21327740470997725, 0.026887333072935643, -0.15620369781731291},
            {-0.06082606050498167, 0.18968811540194175, 0.006191381160025527, -0.07519777817301536}
        };
        Acrobot rods = new Acrobot(500);
        double[] start = {0.05, -0.03, 0.02, 0.01};
        assertThat(follow(rods, new double[0], start, new double[] {2, 2, 0, 1, 2}, states, EXACT))
                .containsOnly(-1);
        double[] upright = {Math.PI - 0.1, 0.05, 0, 0};
        assertThat(rods.step(new double[0], 0, upright, 0, new double[] {1}, 0, null))
                .isZero();
        assertThat(rods.terminated(new double[0], 0, upright, 0)).isTrue();
        double[] over = {3.1, 0, 12, 28};
        rods.step(new double[0], 0, over, 0, new double[] {1}, 0, null);
        assertThat(Math.abs(over[0])).isLessThanOrEqualTo(Math.PI);
        assertThat(Math.abs(over[2])).isLessThanOrEqualTo(4 * Math.PI);
    }

    @Test
    void constantsAreOfALifetimesOwn() {
        Options o = Options.at("tasks", Map.of("gravity", List.of(8.0, 12.0), "torque", "either"));
        Dynamics world = ((Lifetimes) ControlSettings.pendulum(o).train()).dynamics();
        SplittableRandom rng = new SplittableRandom(1);
        double sum = 0;
        double signs = 0;
        for (int i = 0; i < 1000; i++) {
            double[] given = new double[4];
            world.draw(rng, given, 0);
            assertThat(given[0]).isBetween(8.0, 12.0);
            assertThat(given[1]).isEqualTo(1);
            assertThat(Math.abs(given[3])).isEqualTo(1);
            sum += given[0];
            signs += given[3];
        }
        assertThat(sum / 1000).isCloseTo(10, within(4 * 4 / Math.sqrt(12_000)));
        assertThat(signs / 1000).isCloseTo(0, within(4 / Math.sqrt(1000)));
        assertThatThrownBy(() -> ControlSettings.pendulum(Options.at("tasks", Map.of("mass", List.of(2.0, 1.0)))))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("tasks.mass is [2.0, 1.0], but one positive number, or two in order");
    }
}
