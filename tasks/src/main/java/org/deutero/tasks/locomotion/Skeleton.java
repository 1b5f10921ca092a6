package org.deutero.tasks.locomotion;

import java.util.List;

/** The half-cheetah's body (Wawrzynski 2009; numbers of Gymnasium's and rllab's model): link 0 is the torso with its head, joint j hangs link j + 1 from another. */
final class Skeleton {
    /** In kg. */
    static final double MASS = 14;

    /** In m/s^2. */
    static final double GRAVITY = 9.81;

    /** What motors add to the inertia of each joint, in kg m^2. */
    static final double ARMATURE = 0.1;

    /** Of the torso where episodes begin, in m. */
    static final double START_HEIGHT = 0.7;

    static final List<Joint> JOINTS = List.of(
            new Joint(0, -0.5, 0, -0.52, 1.05, 240, 6, 120),
            new Joint(1, 0.16, -0.25, -0.785, 0.785, 180, 4.5, 90),
            new Joint(2, -0.28, -0.14, -0.4, 0.785, 120, 3, 60),
            new Joint(0, 0.5, 0, -1, 0.7, 180, 4.5, 120),
            new Joint(4, -0.14, -0.24, -1.2, 0.87, 120, 3, 60),
            new Joint(5, 0.13, -0.18, -0.5, 0.5, 60, 1.5, 30));

    static final List<Capsule> CAPSULES = List.of(
            new Capsule(0, 0, 0, Math.PI / 2, 0.5),
            new Capsule(0, 0.6, 0.1, 0.87, 0.15),
            new Capsule(1, 0.1, -0.13, -3.8, 0.145),
            new Capsule(2, -0.14, -0.07, -2.03, 0.15),
            new Capsule(3, 0.03, -0.097, -0.27, 0.094),
            new Capsule(4, -0.07, -0.12, 0.52, 0.133),
            new Capsule(5, 0.065, -0.09, -0.6, 0.106),
            new Capsule(6, 0.045, -0.07, -0.6, 0.07));

    /** x and z of the torso, its pitch, and the angles of joints. */
    static final int FREEDOMS = 3 + JOINTS.size();

    /** In kg/m^3. */
    static final double DENSITY =
            MASS / CAPSULES.stream().mapToDouble(Capsule::volume).sum();

    private Skeleton() {}
}
