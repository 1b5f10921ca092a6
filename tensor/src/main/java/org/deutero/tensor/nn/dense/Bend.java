package org.deutero.tensor.nn.dense;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.deutero.tensor.Matrices;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;

/** A non-linearity h = f(z) whose derivatives can be told from h alone. */
public enum Bend {
    /** max(0, z). */
    RELU(Matrices::relu, Matrices::throughRelu) {
        @Override
        Optional<Matrices> turn(Matrices h, Matrices moved, Matrices byH) {
            return Optional.empty();
        }
    },
    /** tanh z; f'' = -2 h f'. */
    TANH(Matrices::tanh, Matrices::throughTanh) {
        @Override
        Optional<Matrices> turn(Matrices h, Matrices moved, Matrices byH) {
            return times(h.tensor().mul(-2), moved, byH);
        }
    },
    /** 1 / (1 + e^-z); f'' = (1 - 2 h) f'. */
    SIGMOID(Matrices::sigmoid, Matrices::throughSigmoid) {
        @Override
        Optional<Matrices> turn(Matrices h, Matrices moved, Matrices byH) {
            return times(h.tensor().mul(-2).add(1), moved, byH);
        }
    };

    private final Consumer<Matrices> function;
    private final BiConsumer<Matrices, Matrices> derivative;

    Bend(Consumer<Matrices> function, BiConsumer<Matrices, Matrices> derivative) {
        this.function = function;
        this.derivative = derivative;
    }

    private static Optional<Matrices> times(Tensor factor, Matrices moved, Matrices byH) {
        return Optional.of(Matrices.of(factor.mul(moved.tensor()).mul(byH.tensor())));
    }

    /** The one of an activation; empty for those whose derivatives are not written down here. */
    static Optional<Bend> of(Activation activation) {
        return switch (activation) {
            case RELU -> Optional.of(RELU);
            case TANH -> Optional.of(TANH);
            case SIGMOID -> Optional.of(SIGMOID);
            case LEAKY_RELU, SOFTPLUS, GELU, GELU_TANH -> Optional.empty();
        };
    }

    /** Makes z h, in place. */
    void apply(Matrices z) {
        function.accept(z);
    }

    /** Makes a derivative by h one by z, or a derivative of z one of h, in place: times f'(z). */
    void back(Matrices byH, Matrices h) {
        derivative.accept(byH, h);
    }

    /**
     * What the derivative by z gains because f' moves with z: f''(z) times the derivative of z times that by h; empty if f'' is 0.
     *
     * @param moved derivative of h along some direction, f'(z) times that of z
     * @param byH derivative of the loss by h
     */
    abstract Optional<Matrices> turn(Matrices h, Matrices moved, Matrices byH);
}
