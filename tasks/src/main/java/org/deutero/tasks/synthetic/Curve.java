package org.deutero.tasks.synthetic;

/** A real function of one real variable. */
public sealed interface Curve permits Sinusoid, Harmonic {

    /** The value at {@code x}. */
    double at(double x);
}
