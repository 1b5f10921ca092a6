package org.deutero.methods.neuralprocess;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.methods.metric.Head;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Normalization;

/**
 * The conditional neural process as a classifier (Garnelo et al. 2018, arXiv 1807.01613, section 4.3): representations of shots are averaged class by class, and the averages stand one after the other in the order of classes, so
 * that labels enter by position. A decoder sees them with the representation of a query and gives logits.
 *
 * <p>Memory: {@code classes} [tasks, ways * width]. Parameters: those of the decoder. The networks of this experiment are ours.
 *
 * @param decoder from representations of all classes and of a query to logits
 * @param ways classes that the decoder was made for; tasks may have fewer
 */
public record ConditionalHead(Mlp decoder, int ways) implements Head {
    private static final String CLASSES = "classes";

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return decoder.init(rng, dtype);
    }

    /** A class that the task does not have is all zeros. */
    @Override
    public Params memory(Params own, Tensor support, Tensor labels, int way) {
        Tensor membership = labels.oneHot(ways, support.dtype()).transpose(1, 2);
        Tensor counts = membership.sumKeep(2).clamp(1, (double) labels.size(1));
        return Params.of(CLASSES, membership.matmul(support).div(counts).flatten(1));
    }

    @Override
    public Tensor logits(Params own, Params memory, Tensor queries, Normalization normalization) {
        Tensor classes = memory.get(CLASSES).unsqueeze(1).expand(-1, queries.size(1), -1);
        return decoder.apply(own, Tensors.cat(List.of(classes, queries), 2));
    }

    @Override
    public boolean fixedClasses() {
        return true;
    }
}
