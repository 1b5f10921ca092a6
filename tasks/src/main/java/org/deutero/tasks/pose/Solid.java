package org.deutero.tasks.pose;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A convex body. Nothing but elementary arithmetic, roots and {@link StrictMath} is used, so pictures have the same bits everywhere. */
sealed interface Solid {
    /** The body as the camera sees it, that looks along the axis y. */
    Seen from(Rotation3 turn);

    /** A radius about the origin that holds the body. */
    double reach();

    /** The same body, everything times a factor. */
    Solid scaled(double factor);

    /** A body before the camera. */
    interface Seen {
        /** Where the ray through (x, z) enters the body; infinite if it misses. */
        double depth(double x, double z);

        /** The cosine of the angle between the light and the outward normal where that ray enters. */
        double facing(double x, double z, double depth, Vec light);
    }

    /**
     * An ellipsoid along the axes.
     *
     * @param centre where it is
     * @param radii along the axes
     */
    record Ellipsoid(Vec centre, Vec radii) implements Solid {
        @Override
        public double reach() {
            return centre.length() + Math.max(radii.x(), Math.max(radii.y(), radii.z()));
        }

        @Override
        public Solid scaled(double factor) {
            return new Ellipsoid(centre.times(factor), radii.times(factor));
        }

        /** The points p of the surface have form(p - centre) = 1. */
        @Override
        public Seen from(Rotation3 turn) {
            Vec at = turn.of(centre);
            Vec x = turn.x().over(radii);
            Vec y = turn.y().over(radii);
            Vec z = turn.z().over(radii);
            double radius = Math.max(radii.x(), Math.max(radii.y(), radii.z()));
            return new SeenEllipsoid(
                    at,
                    radius * radius,
                    new Vec(x.dot(x), x.dot(y), x.dot(z)),
                    new Vec(y.dot(x), y.dot(y), y.dot(z)),
                    new Vec(z.dot(x), z.dot(y), z.dot(z)));
        }
    }

    /**
     * An ellipsoid before the camera.
     *
     * @param centre where it is
     * @param square of the radius of a ball that holds it
     * @param x first row of its quadratic form
     * @param y second row
     * @param z third row
     */
    record SeenEllipsoid(Vec centre, double square, Vec x, Vec y, Vec z) implements Seen {
        @Override
        public double depth(double atX, double atZ) {
            double dx = atX - centre.x();
            double dz = atZ - centre.z();
            if (dx * dx + dz * dz >= square) {
                return Double.POSITIVE_INFINITY;
            }
            double b = x.y() * dx + z.y() * dz;
            double c = x.x() * dx * dx + 2 * x.z() * dx * dz + z.z() * dz * dz - 1;
            double discriminant = b * b - y.y() * c;
            return discriminant <= 0 ? Double.POSITIVE_INFINITY : centre.y() - (b + Math.sqrt(discriminant)) / y.y();
        }

        @Override
        public double facing(double atX, double atZ, double depth, Vec light) {
            Vec p = new Vec(atX, depth, atZ).minus(centre);
            Vec normal = new Vec(x.dot(p), y.dot(p), z.dot(p));
            return normal.dot(light) / normal.length();
        }
    }

    /**
     * What lies behind all of its faces.
     *
     * @param faces at least four
     * @param centre a point inside
     * @param radius about that point that holds it
     */
    record Polyhedron(List<Face> faces, Vec centre, double radius) implements Solid, Seen {
        /**
         * A plane with a side.
         *
         * @param normal outward, of length 1
         * @param offset of its points along the normal
         */
        record Face(Vec normal, double offset) {}

        /**
         * A prism or frustum that stands upright: sides about the vertical axis z, top and bottom level.
         *
         * @param sides of its outline, at least 3; 4 for a box
         * @param half half of its length, width and height
         * @param lean how far its sides lean inwards, 0 for a prism
         */
        static Polyhedron prism(Vec centre, Vec half, int sides, double lean) {
            List<Face> faces = new ArrayList<>();
            Vec up = new Vec(0, 0, 1);
            faces.add(new Face(up, centre.z() + half.z()));
            faces.add(new Face(up.times(-1), half.z() - centre.z()));
            double radius = 0;
            for (int i = 0; i < sides; i++) {
                double angle = 2 * Math.PI * i / sides;
                Vec outward =
                        new Vec(StrictMath.cos(angle) / half.x(), StrictMath.sin(angle) / half.y(), lean / half.z());
                double size = outward.length();
                Vec normal = outward.times(1 / size);
                faces.add(new Face(normal, normal.dot(centre) + 1 / size));
                // the corner of the bottom between this side and the next
                double corner = angle + Math.PI / sides;
                double out = (1 + lean) / StrictMath.cos(Math.PI / sides);
                Vec foot = new Vec(
                        out * half.x() * StrictMath.cos(corner), out * half.y() * StrictMath.sin(corner), half.z());
                radius = Math.max(radius, foot.length());
            }
            return new Polyhedron(faces, centre, radius);
        }

        @Override
        public double reach() {
            return centre.length() + radius;
        }

        @Override
        public Solid scaled(double factor) {
            return with(f -> new Face(f.normal(), f.offset() * factor), centre.times(factor), radius * factor);
        }

        @Override
        public Polyhedron from(Rotation3 turn) {
            return with(f -> new Face(turn.of(f.normal()), f.offset()), turn.of(centre), radius);
        }

        private Polyhedron with(UnaryOperator<Face> change, Vec newCentre, double newRadius) {
            return new Polyhedron(faces.stream().map(change).toList(), newCentre, newRadius);
        }

        @Override
        public double depth(double x, double z) {
            double dx = x - centre.x();
            double dz = z - centre.z();
            if (dx * dx + dz * dz >= radius * radius) {
                return Double.POSITIVE_INFINITY;
            }
            double enter = Double.NEGATIVE_INFINITY;
            double leave = Double.POSITIVE_INFINITY;
            for (int i = 0; i < faces.size(); i++) {
                Face face = faces.get(i);
                double towards = face.normal().y();
                double gap =
                        face.offset() - face.normal().x() * x - face.normal().z() * z;
                if (towards < 0) {
                    enter = Math.max(enter, gap / towards);
                } else if (towards > 0) {
                    leave = Math.min(leave, gap / towards);
                } else if (gap < 0) {
                    return Double.POSITIVE_INFINITY;
                }
            }
            return enter < leave ? enter : Double.POSITIVE_INFINITY;
        }

        /** The face through which the ray enters is the one that the point there is nearest to. */
        @Override
        public double facing(double x, double z, double depth, Vec light) {
            Vec p = new Vec(x, depth, z);
            Face nearest = null;
            double least = Double.POSITIVE_INFINITY;
            for (Face face : faces) {
                double away = Math.abs(face.offset() - face.normal().dot(p));
                if (face.normal().y() < 0 && away < least) {
                    least = away;
                    nearest = face;
                }
            }
            return nearest == null ? 0 : nearest.normal().dot(light);
        }
    }
}
