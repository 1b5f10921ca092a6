package org.deutero.methods.imaml;

/**
 * The pull of the inner problem towards theta, lambda/2 |phi - theta|^2.
 *
 * @param lambda its strength in meta-training; the paper has 2 on Omniglot
 * @param evaluationLambda its strength when the learner is used; the released code has 0
 * @param course where it acts
 */
public record Proximity(double lambda, double evaluationLambda, Course course) {
    /** Where the pull acts. */
    public enum Course {
        /** In every step: the inner loop descends L + lambda/2 |phi - theta|^2, as in the paper. */
        EVERY_STEP,
        /**
         * As in the released code: the steps descend L alone, and one step of gradient descent on the pull alone, at the inner rate, follows them. Its linear
         * system has lambda + 10 in place of lambda (a constant of that code); an estimator with damping (lambda + 10) times
         * the code's {@code cg_damping} solves the very same one.
         */
        RELEASED
    }

    /** Added to lambda in the linear system of the released code. */
    static final double RELEASED_OFFSET = 10;

    /** Checks ranges. */
    public Proximity {
        if (!(lambda > 0) || !(evaluationLambda >= 0)) {
            throw new IllegalArgumentException("lambda must be positive and at least 0 when the learner is used, not "
                    + lambda + " and " + evaluationLambda);
        }
    }

    /** The same pull always. */
    public static Proximity of(double lambda) {
        return new Proximity(lambda, lambda, Course.EVERY_STEP);
    }

    double lambda(boolean training) {
        return training ? lambda : evaluationLambda;
    }

    /** The number of steps on the pull alone that follow the inner loop. */
    int extraSteps(boolean training) {
        return course == Course.RELEASED && lambda(training) > 0 ? 1 : 0;
    }
}
