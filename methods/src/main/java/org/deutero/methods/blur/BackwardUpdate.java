package org.deutero.methods.blur;

import java.util.List;
import java.util.function.UnaryOperator;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** What a message from the layer above does to the states of neurons, both [tasks, states, batch, units]. */
public enum BackwardUpdate {
    /** a' = sigma(norm(f a + eta u)). */
    ADDITIVE {
        @Override
        Tensor apply(Tensor a, Tensor u, Genome genome, UnaryOperator<Tensor> finish) {
            return finish.apply(a.mul(genome.neuronKeep()).add(u.mul(genome.neuronUpdate())));
        }
    },
    /** a' = sigma(norm(a o eta u)). */
    MULTIPLICATIVE {
        @Override
        Tensor apply(Tensor a, Tensor u, Genome genome, UnaryOperator<Tensor> finish) {
            return finish.apply(a.mul(u.mul(genome.neuronUpdate())));
        }
    },
    /** The first state stays as it is; of the others a' = sigma(norm(a o eta u)). */
    MULTIPLICATIVE_SECOND_STATE {
        @Override
        Tensor apply(Tensor a, Tensor u, Genome genome, UnaryOperator<Tensor> finish) {
            Tensor all = MULTIPLICATIVE.apply(a, u, genome, finish);
            return Tensors.cat(List.of(a.slice(1, 0, 1), all.slice(1, 1, all.size(1))), 1);
        }
    };

    /**
     * The states after the message.
     *
     * @param finish normalises and activates
     */
    abstract Tensor apply(Tensor a, Tensor u, Genome genome, UnaryOperator<Tensor> finish);
}
