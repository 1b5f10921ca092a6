package org.deutero.methods.blur;

import java.util.List;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** Non-linearity of neurons with several states, values [tasks, states, batch, units]. */
public enum StateActivation {
    /** tanh of every state. */
    TANH {
        @Override
        Tensor apply(Tensor v) {
            return v.tanh();
        }
    },
    /** max(0, tanh) of every state: hidden neurons of the released code. */
    RELU_TANH {
        @Override
        Tensor apply(Tensor v) {
            return v.tanh().relu();
        }
    },
    /** Logistic sigmoid of every state. */
    SIGMOID {
        @Override
        Tensor apply(Tensor v) {
            return v.sigmoid();
        }
    },
    /** None. */
    IDENTITY {
        @Override
        Tensor apply(Tensor v) {
            return v;
        }
    },
    /** tanh of the first state, the slope of tanh, 1 - tanh^2, of the others: what makes back-propagation a special case. */
    TANH_AND_SLOPE {
        @Override
        Tensor apply(Tensor v) {
            Tensor t = v.tanh();
            Tensor slope = t.slice(1, 1, t.size(1)).square().neg().add(1);
            return Tensors.cat(List.of(t.slice(1, 0, 1), slope), 1);
        }
    };

    abstract Tensor apply(Tensor v);
}
