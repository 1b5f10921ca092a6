package org.deutero.tasks.locomotion;

/**
 * A rod with round ends, fixed to a link.
 *
 * @param link that it is fixed to
 * @param x of its centre in the frame of the link, in m
 * @param z of its centre, in m
 * @param angle of its axis to the vertical, in radians
 * @param half half the length of its axis, in m
 */
record Capsule(int link, double x, double z, double angle, double half) {
    /** In m. */
    static final double RADIUS = 0.046;

    /** In m^3: what masses are shared out by. */
    double volume() {
        return cylinder() + ball();
    }

    private double cylinder() {
        return Math.PI * RADIUS * RADIUS * 2 * half;
    }

    private static double ball() {
        return 4.0 / 3 * Math.PI * RADIUS * RADIUS * RADIUS;
    }

    /** Moment of inertia about its centre, across its axis, of a body of this density, in kg m^2. */
    double inertia(double density) {
        double length = 2 * half;
        double rod = cylinder() * (3 * RADIUS * RADIUS + length * length) / 12;
        double ends = ball() * (0.4 * RADIUS * RADIUS + length * length / 4 + 0.375 * length * RADIUS);
        return density * (rod + ends);
    }

    /** x of an end, 1 or -1, in the frame of the link. */
    double endX(int end) {
        return x + end * half * Math.sin(angle);
    }

    /** z of an end, 1 or -1, in the frame of the link. */
    double endZ(int end) {
        return z + end * half * Math.cos(angle);
    }
}
