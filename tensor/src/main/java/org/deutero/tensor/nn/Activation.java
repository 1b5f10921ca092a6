package org.deutero.tensor.nn;

import org.deutero.tensor.Functional;
import org.deutero.tensor.Tensor;

/** Elementwise, monotonic non-linearities. */
public enum Activation {
    /** max(0, x). */
    RELU,
    /** max(x, 0.01 x). */
    LEAKY_RELU,
    /** Hyperbolic tangent. */
    TANH,
    /** log(1 + e^x). */
    SOFTPLUS,
    /** 1 / (1 + e^-x). */
    SIGMOID;

    /** The non-linearity applied to every element. */
    public Tensor apply(Tensor x) {
        return switch (this) {
            case RELU -> x.relu();
            case LEAKY_RELU -> Functional.leakyRelu(x, 0.01);
            case TANH -> x.tanh();
            case SOFTPLUS -> Functional.softplus(x);
            case SIGMOID -> x.sigmoid();
        };
    }
}
