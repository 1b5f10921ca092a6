package org.deutero.tasks.synthetic;

import java.util.random.RandomGenerator;

/**
 * Ways to cut the square [-1, 1]^2 into classes: the two-dimensional tasks of Sandler et al. 2021 (arXiv 2104.04657), whose names the paper
 * gives and whose measures are ours. But for moons and blobs, points are uniform in the square and the label is a function of the point.
 */
public enum Plane {
    /** 1 where exactly one coordinate is positive. */
    XOR {
        @Override
        boolean inside(double x, double y) {
            return x > 0 != y > 0;
        }
    },
    /** 1 where both coordinates are positive. */
    AND {
        @Override
        boolean inside(double x, double y) {
            return x > 0 && y > 0;
        }
    },
    /** 1 where a coordinate is positive. */
    OR {
        @Override
        boolean inside(double x, double y) {
            return x > 0 || y > 0;
        }
    },
    /** 1 where both coordinates have one sign. */
    NXOR {
        @Override
        boolean inside(double x, double y) {
            return x > 0 == y > 0;
        }
    },
    /** 1 where a coordinate is negative. */
    NAND {
        @Override
        boolean inside(double x, double y) {
            return !(x > 0 && y > 0);
        }
    },
    /** Two interleaved half circles with normal noise of deviation 0.1, shrunk into the square. */
    TWO_MOON {
        @Override
        int draw(int way, RandomGenerator rng, double[] point) {
            int label = rng.nextInt(2);
            double angle = Math.PI * rng.nextDouble();
            double x = label == 0 ? StrictMath.cos(angle) : 1 - StrictMath.cos(angle);
            double y = label == 0 ? StrictMath.sin(angle) : 0.5 - StrictMath.sin(angle);
            point[0] = (x - 0.5 + 0.1 * rng.nextGaussian()) / 1.5;
            point[1] = (y - 0.25 + 0.1 * rng.nextGaussian()) / 1.5;
            return label;
        }
    },
    /** 1 in a circle about the centre that holds half of the square. */
    CIRCLE {
        @Override
        boolean inside(double x, double y) {
            return x * x + y * y < 2 / Math.PI;
        }
    },
    /** 1 in a circle of radius 0.5 about the centre. */
    SMALL_CIRCLE {
        @Override
        boolean inside(double x, double y) {
            return x * x + y * y < 0.25;
        }
    },
    /** 1 in the sector of 90 degrees about the positive first axis. */
    PIE {
        @Override
        boolean inside(double x, double y) {
            return x > Math.abs(y);
        }
    },
    /** 1 in two bars of width 0.6 that cross at the centre. */
    CROSS {
        @Override
        boolean inside(double x, double y) {
            return Math.abs(x) < 0.3 || Math.abs(y) < 0.3;
        }
    },
    /** 1 in the triangle with corners (-0.9, -0.8), (0.9, -0.8), (0, 0.9). */
    TRIANGLE {
        @Override
        boolean inside(double x, double y) {
            return y > -0.8 && y < 0.9 - 1.7 / 0.9 * Math.abs(x);
        }
    },
    /** One normal blob of deviation 0.15 for each class, at even angles on the circle of radius 0.7. */
    BLOBS {
        @Override
        int draw(int way, RandomGenerator rng, double[] point) {
            int label = rng.nextInt(way);
            double angle = 2 * Math.PI * label / way;
            point[0] = 0.7 * StrictMath.cos(angle) + 0.15 * rng.nextGaussian();
            point[1] = 0.7 * StrictMath.sin(angle) + 0.15 * rng.nextGaussian();
            return label;
        }
    };

    /** Whether a point is of class 1. */
    boolean inside(double x, double y) {
        throw new UnsupportedOperationException(this + " draws its points itself");
    }

    /** The largest number of classes. */
    int classes() {
        return this == BLOBS ? Integer.MAX_VALUE : 2;
    }

    /**
     * Draws a point with its label.
     *
     * @param way classes, which blobs go by
     * @param point receives both coordinates
     */
    int draw(int way, RandomGenerator rng, double[] point) {
        point[0] = Sinusoids.between(-1, 1, rng);
        point[1] = Sinusoids.between(-1, 1, rng);
        return inside(point[0], point[1]) ? 1 : 0;
    }
}
