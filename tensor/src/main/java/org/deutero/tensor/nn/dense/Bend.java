package org.deutero.tensor.nn.dense;

import java.util.Optional;
import org.deutero.tensor.Matrices;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;

/** A non-linearity h = f(z) whose derivatives can be told from h alone. */
public enum Bend {
    /** max(0, z). */
    RELU {
        @Override
        void apply(Matrices z) {
            z.relu();
        }

        @Override
        void back(Matrices byH, Matrices h) {
            byH.throughRelu(h);
        }

        @Override
        Optional<Matrices> turn(Matrices h, Matrices moved, Matrices byH) {
            return Optional.empty();
        }
    },
    /** tanh z; f'' = -2 h f'. */
    TANH {
        @Override
        void apply(Matrices z) {
            z.tanh();
        }

        @Override
        void back(Matrices byH, Matrices h) {
            byH.throughTanh(h);
        }

        @Override
        Optional<Matrices> turn(Matrices h, Matrices moved, Matrices byH) {
            Tensor turn = h.tensor().mul(moved.tensor()).mul(byH.tensor()).mul(-2);
            return Optional.of(Matrices.of(turn));
        }
    },
    /** 1 / (1 + e^-z); f'' = (1 - 2 h) f'. */
    SIGMOID {
        @Override
        void apply(Matrices z) {
            z.sigmoid();
        }

        @Override
        void back(Matrices byH, Matrices h) {
            byH.throughSigmoid(h);
        }

        @Override
        Optional<Matrices> turn(Matrices h, Matrices moved, Matrices byH) {
            Tensor turn = h.tensor().mul(-2).add(1).mul(moved.tensor()).mul(byH.tensor());
            return Optional.of(Matrices.of(turn));
        }
    };

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
    abstract void apply(Matrices z);

    /** Makes a derivative by h one by z, or a derivative of z one of h, in place: times f'(z). */
    abstract void back(Matrices byH, Matrices h);

    /**
     * What the derivative by z gains because f' moves with z: f''(z) times the derivative of z times that by h; empty if f'' is 0.
     *
     * @param moved derivative of h along some direction, f'(z) times that of z
     * @param byH derivative of the loss by h
     */
    abstract Optional<Matrices> turn(Matrices h, Matrices moved, Matrices byH);
}
