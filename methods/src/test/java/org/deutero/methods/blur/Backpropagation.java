package org.deutero.methods.blur;

import java.util.List;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.StreamBatches;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** The rule with the genome of back-propagation, and its synapses as weights. */
final class Backpropagation {
    private Backpropagation() {}

    static Blur learner(List<Integer> hidden, double rate, int batch, Objective objective, DType dtype) {
        return new Blur(
                hidden,
                BlurRule.backpropagation(),
                GenomeStart.backpropagation(rate),
                GeneScales.NATURAL,
                new SynapseStart(SynapseStart.Distribution.NORMAL, 1, true),
                new StreamBatches(batch, 1),
                objective,
                1,
                false,
                QueryStatistics.BATCH,
                dtype);
    }

    /** Both channels of a layer [1, 2, in + 1, out] from weight [out, in] and bias [out]. */
    static Tensor synapses(Tensor weight, Tensor bias) {
        Tensor rows = Tensors.cat(List.of(weight.transpose(0, 1), bias.unsqueeze(0)), 0);
        return rows.unsqueeze(0).unsqueeze(0).expand(1, 2, -1, -1);
    }

    /** Weights [1, out, in] of channel 1. */
    static Tensor weight(Params synapses, int layer) {
        Tensor w = synapses.get(BidirectionalPass.forwardName(layer)).select(1, 0);
        return w.slice(1, 0, w.size(1) - 1).transpose(1, 2);
    }

    /** Biases [1, out] of channel 1. */
    static Tensor bias(Params synapses, int layer) {
        Tensor w = synapses.get(BidirectionalPass.forwardName(layer)).select(1, 0);
        return w.select(1, w.size(1) - 1);
    }
}
