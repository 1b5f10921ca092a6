package org.deutero.tensor.nn;

import org.deutero.tensor.Functional;
import org.deutero.tensor.Tensor;

/** Elementwise non-linearities. */
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
    SIGMOID,
    /** x Phi(x), with the normal distribution function Phi (Hendrycks, Gimpel 2016). */
    GELU,
    /** The same with tanh in place of Phi, x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2. */
    GELU_TANH;

    /** The non-linearity applied to every element. */
    public Tensor apply(Tensor x) {
        return switch (this) {
            case RELU -> x.relu();
            case LEAKY_RELU -> Functional.leakyRelu(x, 0.01);
            case TANH -> x.tanh();
            case SOFTPLUS -> Functional.softplus(x);
            case SIGMOID -> x.sigmoid();
            case GELU -> Functional.gelu(x);
            case GELU_TANH -> Functional.geluByTanh(x);
        };
    }

    /** Whether a larger input never has a smaller output, so that the largest of several may be taken before or after. */
    public boolean monotonic() {
        return this != GELU && this != GELU_TANH;
    }
}
