package org.deutero.tasks.pose;

/**
 * A rotation in space, as the rows of its matrix.
 *
 * @param x the row that gives x
 * @param y the row that gives y
 * @param z the row that gives z
 */
record Rotation3(Vec x, Vec y, Vec z) {
    /** About the vertical axis z, by so many radians. */
    static Rotation3 vertical(double angle) {
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return new Rotation3(new Vec(c, -s, 0), new Vec(s, c, 0), new Vec(0, 0, 1));
    }

    /** About the axis x, which goes to the right: what is above comes nearer. */
    static Rotation3 tilt(double angle) {
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return new Rotation3(new Vec(1, 0, 0), new Vec(0, c, -s), new Vec(0, s, c));
    }

    /** About the axis y, along which one looks: the picture turns. */
    static Rotation3 plane(double angle) {
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return new Rotation3(new Vec(c, 0, s), new Vec(0, 1, 0), new Vec(-s, 0, c));
    }

    Vec of(Vec v) {
        return new Vec(x.dot(v), y.dot(v), z.dot(v));
    }

    /** The other way. */
    Vec back(Vec v) {
        return x.times(v.x()).plus(y.times(v.y())).plus(z.times(v.z()));
    }

    /** First the other, then this. */
    Rotation3 after(Rotation3 first) {
        return new Rotation3(first.back(x), first.back(y), first.back(z));
    }
}
