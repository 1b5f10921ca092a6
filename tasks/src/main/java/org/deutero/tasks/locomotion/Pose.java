package org.deutero.tasks.locomotion;

/**
 * Where a body is and how it moves: places, speeds, and accelerations that it has without any force, of its links. Angles turn the vertical towards x.
 *
 * <p>Coordinates are x, z, pitch and the angles of joints; link b turns by coordinate 2 + b about its origin.
 */
final class Pose {
    private static final int LINKS = Skeleton.JOINTS.size() + 1;

    private final double[] angle = new double[LINKS];
    private final double[] turning = new double[LINKS];
    private final double[] x = new double[LINKS];
    private final double[] z = new double[LINKS];
    private final double[] pullX = new double[LINKS];
    private final double[] pullZ = new double[LINKS];

    /**
     * The pose of some coordinates.
     *
     * @param state coordinates and then their speeds, from {@code s} on
     */
    Pose(double[] state, int s) {
        int speeds = s + Skeleton.FREEDOMS;
        x[0] = state[s];
        z[0] = state[s + 1];
        angle[0] = state[s + 2];
        turning[0] = state[speeds + 2];
        for (int b = 1; b < LINKS; b++) {
            Joint joint = Skeleton.JOINTS.get(b - 1);
            int parent = joint.parent();
            double rx = turnedX(parent, joint.x(), joint.z());
            double rz = turnedZ(parent, joint.x(), joint.z());
            double square = turning[parent] * turning[parent];
            x[b] = x[parent] + rx;
            z[b] = z[parent] + rz;
            pullX[b] = pullX[parent] - square * rx;
            pullZ[b] = pullZ[parent] - square * rz;
            angle[b] = angle[parent] + state[s + 2 + b];
            turning[b] = turning[parent] + state[speeds + 2 + b];
        }
    }

    private double turnedX(int link, double cx, double cz) {
        return cx * Math.cos(angle[link]) + cz * Math.sin(angle[link]);
    }

    private double turnedZ(int link, double cx, double cz) {
        return -cx * Math.sin(angle[link]) + cz * Math.cos(angle[link]);
    }

    /** A point of a link: its place, how it depends on coordinates, and the acceleration that it has by turning. */
    final class Point {
        final double placeX;
        final double placeZ;
        final double[] alongX = new double[Skeleton.FREEDOMS];
        final double[] alongZ = new double[Skeleton.FREEDOMS];
        final double[] turns = new double[Skeleton.FREEDOMS];
        final double accelerationX;
        final double accelerationZ;

        Point(int link, double cx, double cz) {
            double rx = turnedX(link, cx, cz);
            double rz = turnedZ(link, cx, cz);
            double square = turning[link] * turning[link];
            placeX = x[link] + rx;
            placeZ = z[link] + rz;
            accelerationX = pullX[link] - square * rx;
            accelerationZ = pullZ[link] - square * rz;
            alongX[0] = 1;
            alongZ[1] = 1;
            int b = link;
            while (b >= 0) {
                alongX[2 + b] = placeZ - z[b];
                alongZ[2 + b] = -(placeX - x[b]);
                turns[2 + b] = 1;
                b = b == 0 ? -1 : Skeleton.JOINTS.get(b - 1).parent();
            }
        }
    }

    /** The centre of a capsule. */
    Point center(Capsule capsule) {
        return new Point(capsule.link(), capsule.x(), capsule.z());
    }

    /** The middle of a round end of a capsule, 1 or -1. */
    Point end(Capsule capsule, int end) {
        return new Point(capsule.link(), capsule.endX(end), capsule.endZ(end));
    }
}
