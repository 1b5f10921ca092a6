package org.deutero.tasks.locomotion;

import java.util.Arrays;

/**
 * Steps of a body's equations of motion, M dv/dt = forces, in which springs, dampers and the ground are taken implicitly: (M + dt D + dt^2 K) dv = dt (torques - K (q + dt v) - D v - bias), so stiff joints need no tiny steps. The ground pushes round ends back by a stiff spring and damper, and rubs by Coulomb's law, smoothed at
 * rest.
 */
final class Motion {
    private static final int N = Skeleton.FREEDOMS;
    private static final double GROUND_STIFFNESS = 3e4;
    private static final double GROUND_DAMPING = 300;
    private static final double FRICTION = 0.4;
    private static final double CREEP = 0.01;
    private static final double STOP_STIFFNESS = 1000;
    private static final double STOP_DAMPING = 20;

    private final double[][] matrix = new double[N][N];
    private final double[] force = new double[N];

    /**
     * One step, in place.
     *
     * @param state coordinates in m and radians and then their speeds in m/s and rad/s, from {@code s} on
     * @param torques of joints, in N m
     * @param seconds that it lasts
     */
    void step(double[] state, int s, double[] torques, double seconds) {
        for (int i = 0; i < N; i++) {
            Arrays.fill(matrix[i], 0);
            force[i] = 0;
        }
        Pose pose = new Pose(state, s);
        bodies(pose);
        joints(state, s, torques, seconds);
        ground(pose, state, s, seconds);
        double[] change = solve();
        for (int i = 0; i < N; i++) {
            state[s + N + i] += seconds * change[i];
            state[s + i] += seconds * state[s + N + i];
        }
    }

    /** Masses, and what gravity and turning do to them. */
    private void bodies(Pose pose) {
        for (Capsule capsule : Skeleton.CAPSULES) {
            double mass = Skeleton.DENSITY * capsule.volume();
            Pose.Point center = pose.center(capsule);
            outer(center.alongX, mass);
            outer(center.alongZ, mass);
            outer(center.turns, capsule.inertia(Skeleton.DENSITY));
            push(center.alongX, -mass * center.accelerationX);
            push(center.alongZ, -mass * (center.accelerationZ + Skeleton.GRAVITY));
        }
        for (int i = 3; i < N; i++) {
            matrix[i][i] += Skeleton.ARMATURE;
        }
    }

    private void joints(double[] state, int s, double[] torques, double seconds) {
        for (int j = 0; j < torques.length; j++) {
            Joint joint = Skeleton.JOINTS.get(j);
            int i = 3 + j;
            double q = state[s + i];
            double v = state[s + N + i];
            force[i] += torques[j];
            spring(i, joint.stiffness(), joint.damping(), q, v, seconds);
            double beyond = q - Math.max(joint.low(), Math.min(joint.high(), q));
            if (beyond != 0) {
                spring(i, STOP_STIFFNESS, STOP_DAMPING, beyond, v, seconds);
            }
        }
    }

    private void spring(int i, double stiffness, double damping, double stretch, double v, double seconds) {
        force[i] -= stiffness * (stretch + seconds * v) + damping * v;
        matrix[i][i] += seconds * damping + seconds * seconds * stiffness;
    }

    private void ground(Pose pose, double[] state, int s, double seconds) {
        for (Capsule capsule : Skeleton.CAPSULES) {
            for (int end = -1; end <= 1; end += 2) {
                Pose.Point point = pose.end(capsule, end);
                double depth = Capsule.RADIUS - point.placeZ;
                if (depth > 0) {
                    touch(point, depth, state, s, seconds);
                }
            }
        }
    }

    private void touch(Pose.Point point, double depth, double[] state, int s, double seconds) {
        double rising = speed(point.alongZ, state, s);
        double up = GROUND_STIFFNESS * (depth - seconds * rising) - GROUND_DAMPING * rising;
        if (up <= 0) { // the ground does not hold back
            return;
        }
        push(point.alongZ, up);
        outer(point.alongZ, seconds * GROUND_DAMPING + seconds * seconds * GROUND_STIFFNESS);
        double sliding = speed(point.alongX, state, s);
        double rub = FRICTION * up / Math.max(Math.abs(sliding), CREEP);
        push(point.alongX, -rub * sliding);
        outer(point.alongX, seconds * rub);
    }

    static double speed(double[] along, double[] state, int s) {
        double sum = 0;
        for (int i = 0; i < N; i++) {
            sum += along[i] * state[s + N + i];
        }
        return sum;
    }

    private void outer(double[] a, double weight) {
        for (int i = 0; i < N; i++) {
            double row = weight * a[i];
            if (row != 0) {
                for (int j = 0; j <= i; j++) {
                    matrix[i][j] += row * a[j];
                }
            }
        }
    }

    private void push(double[] along, double strength) {
        for (int i = 0; i < N; i++) {
            force[i] += strength * along[i];
        }
    }

    /** Matrix x = force by Cholesky's method, in place; only the lower half is read. */
    private double[] solve() {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
            }
        }
        double[] x = force.clone();
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= matrix[i][k] * x[k];
            }
            x[i] /= matrix[i][i];
        }
        for (int i = N - 1; i >= 0; i--) {
            for (int k = i + 1; k < N; k++) {
                x[i] -= matrix[k][i] * x[k];
            }
            x[i] /= matrix[i][i];
        }
        return x;
    }

    /** What a body has of energy: of motion, height, and springs, those of the ground included, in J. */
    static double energy(double[] state, int s) {
        Pose pose = new Pose(state, s);
        double sum = 0;
        for (Capsule capsule : Skeleton.CAPSULES) {
            double mass = Skeleton.DENSITY * capsule.volume();
            Pose.Point center = pose.center(capsule);
            double vx = speed(center.alongX, state, s);
            double vz = speed(center.alongZ, state, s);
            double w = speed(center.turns, state, s);
            sum += mass * ((vx * vx + vz * vz) / 2 + Skeleton.GRAVITY * center.placeZ);
            sum += capsule.inertia(Skeleton.DENSITY) * w * w / 2;
            for (int end = -1; end <= 1; end += 2) {
                double depth = Math.max(0, Capsule.RADIUS - pose.end(capsule, end).placeZ);
                sum += GROUND_STIFFNESS * depth * depth / 2;
            }
        }
        for (int j = 0; j < Skeleton.JOINTS.size(); j++) {
            Joint joint = Skeleton.JOINTS.get(j);
            double q = state[s + 3 + j];
            double v = state[s + N + 3 + j];
            double beyond = q - Math.max(joint.low(), Math.min(joint.high(), q));
            sum += (Skeleton.ARMATURE * v * v + joint.stiffness() * q * q + STOP_STIFFNESS * beyond * beyond) / 2;
        }
        return sum;
    }
}
