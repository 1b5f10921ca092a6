package org.deutero.tasks.locomotion;

import java.util.random.RandomGenerator;
import org.deutero.tasks.control.Aim;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * A cheetah in a plane that is to move as the lifetime wants it: MAML's half-cheetah tasks (Finn, Abbeel, Levine 2017, arXiv 1703.03400, section 5.3.2) with the body of MuJoCo's, but equations of motion of our own in reduced coordinates: what it earns is not to be compared with figures from MuJoCo. Six torques in [-1, 1] of the
 * joints' largest, 30 to 120 N m; control steps of 0.01 s, in four parts; no termination. What is seen are 20 numbers: the coordinates without x (m, radians), all speeds (m/s, rad/s), and the centre of mass (x, 0, z) in m; the speed that pays, each step anew, is that of the centre of mass in m/s.
 *
 * @param aim what is wanted
 * @param horizon steps of an episode, 200 in print
 */
public record PlanarCheetah(Aim aim, int horizon) implements Dynamics {
    private static final int FREEDOMS = Skeleton.FREEDOMS;
    private static final int SEEN = 2 * FREEDOMS - 1 + 3;
    private static final int SUBSTEPS = 4;
    private static final double SUBSTEP_SECONDS = 0.0025;

    /** Refuses episodes without a step. */
    public PlanarCheetah {
        if (horizon < 1) {
            throw new IllegalArgumentException("an episode needs at least 1 step, not " + horizon);
        }
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(SEEN, new Actions.Box(Skeleton.JOINTS.size(), 1), horizon);
    }

    /** The goal, as {@link Aim} has it. */
    @Override
    public int given() {
        return 1;
    }

    /** x and z of the torso in m, its pitch and the angles of six joints in radians; then their speeds, in m/s and rad/s. */
    @Override
    public int state() {
        return 2 * FREEDOMS;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        given[g] = aim.draw(rng);
    }

    /** Stretched legs over the ground, with a little noise as in rllab. */
    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        for (int i = 0; i < FREEDOMS; i++) {
            state[s + i] = 0.01 * chance.nextGaussian();
            state[s + FREEDOMS + i] = 0.1 * chance.nextGaussian();
        }
        state[s + 1] += Skeleton.START_HEIGHT;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        System.arraycopy(state, s + 1, seen, o, 2 * FREEDOMS - 1);
        seen[o] -= Skeleton.START_HEIGHT;
        int at = o + 2 * FREEDOMS - 1;
        Pose pose = new Pose(state, s);
        seen[at] = 0;
        seen[at + 1] = 0;
        seen[at + 2] = 0;
        for (Capsule capsule : Skeleton.CAPSULES) {
            Pose.Point center = pose.center(capsule);
            double share = Skeleton.DENSITY * capsule.volume() / Skeleton.MASS;
            seen[at] += share * center.placeX;
            seen[at + 2] += share * center.placeZ;
        }
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        double[] torques = new double[Skeleton.JOINTS.size()];
        double effort = 0;
        for (int j = 0; j < torques.length; j++) {
            double asked = Math.max(-1, Math.min(1, action[a + j]));
            torques[j] = Skeleton.JOINTS.get(j).gear() * asked;
            effort += asked * asked;
        }
        Motion motion = new Motion();
        for (int i = 0; i < SUBSTEPS; i++) {
            motion.step(state, s, torques, SUBSTEP_SECONDS);
        }
        return aim.reward(given[g], velocity(state, s), effort);
    }

    /** Speed of the centre of mass along x, in m/s. */
    static double velocity(double[] state, int s) {
        Pose pose = new Pose(state, s);
        double sum = 0;
        for (Capsule capsule : Skeleton.CAPSULES) {
            double share = Skeleton.DENSITY * capsule.volume() / Skeleton.MASS;
            sum += share * Motion.speed(pose.center(capsule).alongX, state, s);
        }
        return sum;
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return false;
    }
}
