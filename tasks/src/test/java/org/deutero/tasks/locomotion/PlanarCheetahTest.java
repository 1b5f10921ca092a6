package org.deutero.tasks.locomotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.tasks.control.Aim;
import org.junit.jupiter.api.Test;

class PlanarCheetahTest {
    private static final int N = Skeleton.FREEDOMS;
    private static final double[] NO_TORQUES = new double[6];

    private static double[] moving(long seed, double height) {
        SplittableRandom rng = new SplittableRandom(seed);
        double[] state = new double[2 * N];
        Arrays.setAll(state, i -> (i < N ? 0.2 : 1) * rng.nextGaussian());
        state[1] = height;
        return state;
    }

    private static double[] center(double[] state) {
        double[] seen = new double[20];
        new PlanarCheetah(Aim.DIRECTION, 1).observe(null, 0, state, 0, seen, 0);
        return Arrays.copyOfRange(seen, 17, 20);
    }

    @Test
    void theBodyWeighsWhatItShould() {
        double sum = Skeleton.CAPSULES.stream()
                .mapToDouble(c -> c.volume() * Skeleton.DENSITY)
                .sum();
        assertThat(sum).isCloseTo(14, within(1e-12));
        // A capsule without a cylinder is a ball: 2/5 m r^2.
        Capsule ball = new Capsule(0, 0, 0, 0, 0);
        assertThat(ball.inertia(1)).isCloseTo(0.4 * ball.volume() * Capsule.RADIUS * Capsule.RADIUS, within(1e-18));
    }

    /** How points depend on coordinates, and the acceleration that they have by turning: by differences along a motion of constant speeds. */
    @Test
    void pointsMoveAsTheirDerivativesSay() {
        double[] state = moving(3, 5);
        double h = 1e-4;
        for (Capsule capsule : Skeleton.CAPSULES) {
            Pose.Point[] points = new Pose.Point[3];
            for (int k = 0; k < 3; k++) {
                double[] moved = state.clone();
                for (int i = 0; i < N; i++) {
                    moved[i] += (k - 1) * h * state[N + i];
                }
                points[k] = new Pose(moved, 0).end(capsule, 1);
            }
            Pose.Point now = points[1];
            assertThat((points[2].placeX - points[0].placeX) / (2 * h))
                    .isCloseTo(Motion.speed(now.alongX, state, 0), within(1e-6));
            assertThat((points[2].placeZ - points[0].placeZ) / (2 * h))
                    .isCloseTo(Motion.speed(now.alongZ, state, 0), within(1e-6));
            assertThat((points[2].placeX - 2 * now.placeX + points[0].placeX) / (h * h))
                    .isCloseTo(now.accelerationX, within(1e-5));
            assertThat((points[2].placeZ - 2 * now.placeZ + points[0].placeZ) / (h * h))
                    .isCloseTo(now.accelerationZ, within(1e-5));
        }
    }

    /** In the air, whatever the joints do: the centre of mass falls, and drifts along x at constant speed. */
    @Test
    void inTheAirTheCenterOfMassFalls() {
        double[] state = moving(4, 50);
        double[] torques = {50, -30, 20, 10, 0, -20};
        double[] before = center(state);
        double drift = PlanarCheetah.velocity(state, 0);
        double steps = 2000;
        double seconds = 5e-5;
        double[] first = state.clone();
        new Motion().step(first, 0, torques, seconds);
        double fall = (center(first)[2] - before[2]) / seconds;
        Motion motion = new Motion();
        for (int i = 0; i < steps; i++) {
            motion.step(state, 0, torques, seconds);
        }
        double time = steps * seconds;
        assertThat(center(state)[0]).isCloseTo(before[0] + drift * time, within(1e-3));
        assertThat(center(state)[2]).isCloseTo(before[2] + fall * time - 9.81 / 2 * time * time, within(1e-3));
        assertThat(center(state)[1]).isZero();
    }

    /** Without torques nothing adds energy: not springs and turning in the air, where finer steps lose what dampers take, and not the ground. */
    @Test
    void energyDoesNotGrow() {
        for (int seed = 0; seed < 5; seed++) {
            double[] state = moving(seed, 1.2);
            Motion motion = new Motion();
            double before = Motion.energy(state, 0);
            double start = before;
            for (int i = 0; i < 4000; i++) {
                motion.step(state, 0, NO_TORQUES, 5e-4);
                double now = Motion.energy(state, 0);
                assertThat(now).as("step " + i).isLessThan(before + 1e-3 * start);
                before = now;
            }
            assertThat(before).isLessThan(0.7 * start);
        }
    }

    /** In the air within the joints' limits, energy changes by the work of torques less what dampers take: any wrong term of mass, weight, spring or torque would break the balance. */
    @Test
    void torquesDoTheirWork() {
        for (int seed = 0; seed < 6; seed++) {
            double[] torques = new double[6];
            SplittableRandom rng = new SplittableRandom(100 + seed);
            Arrays.setAll(torques, j -> 10 * rng.nextGaussian());
            double coarse = imbalance(seed, torques, 2e-5);
            double fine = imbalance(seed, torques, 1e-5);
            // The integrator is of first order, so that this is left of second order, in J.
            assertThat(2 * fine - coarse).as("seed %d", seed).isCloseTo(0, within(1e-5));
        }
    }

    /** Change of energy over 0.02 s, less the work of torques, plus what dampers take, in J. */
    private static double imbalance(int seed, double[] torques, double seconds) {
        double[] state = moving(seed, 50);
        Arrays.fill(state, 3, N, 0);
        Motion motion = new Motion();
        double before = Motion.energy(state, 0);
        double work = 0;
        for (double time = 0; time < 0.02 - seconds / 2; time += seconds) {
            work += power(state, torques) * seconds / 2;
            motion.step(state, 0, torques, seconds);
            work += power(state, torques) * seconds / 2;
        }
        return Motion.energy(state, 0) - before - work;
    }

    private static double power(double[] state, double[] torques) {
        double sum = 0;
        for (int j = 0; j < torques.length; j++) {
            Joint joint = Skeleton.JOINTS.get(j);
            assertThat(state[3 + j]).isBetween(joint.low(), joint.high());
            double speed = state[N + 3 + j];
            sum += (torques[j] - joint.damping() * speed) * speed;
        }
        return sum;
    }

    /** From 0.7 m it comes to rest on its feet or its belly, and the ground carries it. */
    @Test
    void aDropComesToRestOnTheGround() {
        double[] state = new double[2 * N];
        new PlanarCheetah(Aim.DIRECTION, 1).begin(null, 0, state, 0, new SplittableRandom(1));
        Motion motion = new Motion();
        for (int i = 0; i < 4000; i++) {
            motion.step(state, 0, NO_TORQUES, 0.0025);
        }
        for (int i = 0; i < N; i++) {
            assertThat(state[N + i]).as("speed " + i).isCloseTo(0, within(0.02));
        }
        Pose pose = new Pose(state, 0);
        double lowest = Skeleton.CAPSULES.stream()
                .flatMap(c -> Stream.of(pose.end(c, 1), pose.end(c, -1)))
                .mapToDouble(p -> p.placeZ - Capsule.RADIUS)
                .min()
                .orElseThrow();
        assertThat(lowest).isBetween(-0.01, 0.0);
        assertThat(center(state)[2]).isBetween(0.1, 0.7);
    }

    /** Torques of the model's gears, clipped actions, 0.01 s in four parts. */
    @Test
    void actionsAreTorques() {
        double[] gears = {120, 90, 60, 120, 60, 30};
        double[] action = {0.5, -1, 3, 0.25, -0.125, 1};
        double[] torques = new double[6];
        Arrays.setAll(torques, j -> gears[j] * Math.min(1, action[j]));
        double[] state = moving(8, 1);
        double[] same = state.clone();
        Motion motion = new Motion();
        for (int i = 0; i < 4; i++) {
            motion.step(same, 0, torques, 0.0025);
        }
        new PlanarCheetah(Aim.DIRECTION, 200).step(new double[] {1}, 0, state, 0, action, 0, null);
        assertThat(state).containsExactly(same);
    }

    @Test
    void actionsCostAndSpeedPays() {
        double[] state = new double[2 * N];
        state[1] = 5;
        state[N] = 3;
        PlanarCheetah back = new PlanarCheetah(Aim.DIRECTION, 200);
        double[] action = {2, 0, 0, -0.5, 0, 0};
        double reward = back.step(new double[] {-1}, 0, state, 0, action, 0, null);
        assertThat(reward).isCloseTo(-3 - 0.05 * 1.25, within(1e-2));
        assertThat(back.shape().observations()).isEqualTo(20);
    }
}
