package org.deutero.experiment.gradcheck;

/** What may be expected of an estimator. */
public enum EstimatorKind {
    /** The exact gradient but for rounding. */
    EXACT,
    /** Something is left out. */
    BIASED,
    /** A random number whose mean is a gradient: one estimate says little. */
    NOISY
}
