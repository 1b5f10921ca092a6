package org.deutero.tasks.function;

import java.util.random.RandomGenerator;

/**
 * Families that functions are drawn from (Hochreiter, Younger, Conwell 2001). The paper squeezes all values into [0.2, 0.8]; here values are centred, and of size 1 or less.
 */
public enum FunctionFamily {
    /** (a x1^2 + b x2^2 + c x1 x2 + d x1 + e x2 + f) / 3, coefficients uniform in [-1, 1), inputs in [-1, 1)^2; the variance of values is 0.079. */
    QUADRATIC(2, 6) {
        @Override
        void function(RandomGenerator rng, double[] p) {
            for (int i = 0; i < p.length; i++) {
                p[i] = between(-1, 1, rng);
            }
        }

        @Override
        double value(double[] p, double[] x) {
            double a = x[0];
            double b = x[1];
            return (p[0] * a * a + p[1] * b * b + p[2] * a * b + p[3] * a + p[4] * b + p[5]) / 3;
        }
    },
    /** One of the 16 Boolean functions of two arguments; arguments and values are -1 and 1. */
    BOOLEAN(2, 4) {
        @Override
        void function(RandomGenerator rng, double[] p) {
            for (int i = 0; i < p.length; i++) {
                p[i] = sign(rng);
            }
        }

        @Override
        double input(RandomGenerator rng) {
            return sign(rng);
        }

        @Override
        double value(double[] p, double[] x) {
            return p[(x[0] > 0 ? 2 : 0) + (x[1] > 0 ? 1 : 0)];
        }
    },
    /** a sin(pi x + b), a uniform in [0.1, 1), b in [0, 2 pi), x in [-1, 1). */
    SINUSOID(1, 2) {
        @Override
        void function(RandomGenerator rng, double[] p) {
            p[0] = between(0.1, 1, rng);
            p[1] = between(0, 2 * Math.PI, rng);
        }

        @Override
        double value(double[] p, double[] x) {
            return p[0] * Math.sin(Math.PI * x[0] + p[1]);
        }
    },
    /** w'x / sqrt(d) of any number d of inputs, weights and inputs normal; the variance of values is 1. What transformers learn to do by least squares (Garg, Tsipras, Liang, Valiant 2022, arXiv 2208.01066). */
    LINEAR(8, 8) {
        @Override
        void function(RandomGenerator rng, double[] p) {
            for (int i = 0; i < p.length; i++) {
                p[i] = rng.nextGaussian();
            }
        }

        @Override
        double input(RandomGenerator rng) {
            return rng.nextGaussian();
        }

        @Override
        double value(double[] p, double[] x) {
            double sum = 0;
            for (int i = 0; i < p.length; i++) {
                sum += p[i] * x[i];
            }
            return sum / Math.sqrt(p.length);
        }

        @Override
        int parameters(int of) {
            return of;
        }
    };

    private final int inputs;
    private final int parameters;

    FunctionFamily(int inputs, int parameters) {
        this.inputs = inputs;
        this.parameters = parameters;
    }

    /** Numbers in an input; of linear functions, as many as they have if nobody says otherwise. */
    public int inputs() {
        return inputs;
    }

    /** Numbers that fix a function of so many inputs. */
    int parameters(int of) {
        return parameters;
    }

    /** Draws a function. */
    abstract void function(RandomGenerator rng, double[] p);

    /** Draws one number of an input. */
    double input(RandomGenerator rng) {
        return between(-1, 1, rng);
    }

    /** What a function is at an input. */
    abstract double value(double[] p, double[] x);

    /** Uniform, by nextDouble alone, whose bits are the same in every Java version. */
    static double between(double a, double b, RandomGenerator rng) {
        return a + (b - a) * rng.nextDouble();
    }

    private static double sign(RandomGenerator rng) {
        return rng.nextDouble() < 0.5 ? -1 : 1;
    }
}
