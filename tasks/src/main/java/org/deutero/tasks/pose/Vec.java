package org.deutero.tasks.pose;

/** A vector or a point in space. */
record Vec(double x, double y, double z) {
    Vec plus(Vec o) {
        return new Vec(x + o.x, y + o.y, z + o.z);
    }

    Vec minus(Vec o) {
        return new Vec(x - o.x, y - o.y, z - o.z);
    }

    Vec times(double factor) {
        return new Vec(factor * x, factor * y, factor * z);
    }

    /** Number by number. */
    Vec over(Vec o) {
        return new Vec(x / o.x, y / o.y, z / o.z);
    }

    double dot(Vec o) {
        return x * o.x + y * o.y + z * o.z;
    }

    double length() {
        return Math.sqrt(dot(this));
    }

    Vec unit() {
        return times(1 / length());
    }
}
