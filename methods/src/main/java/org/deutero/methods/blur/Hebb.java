package org.deutero.methods.blur;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The change of synapses (equation 7 of the paper): products of what sources and targets look like through the genes, summed, not averaged, over the batch.
 *
 * @param rule the rule
 * @param genome its genes
 */
record Hebb(BlurRule rule, Genome genome) {
    /**
     * Synapses after a step.
     *
     * @param forward states on the way forward, by layer
     * @param backward states after the way back, by layer
     */
    Params update(Params synapses, List<Tensor> forward, List<Tensor> backward) {
        Params.Builder next = Params.builder();
        List<Tensor> sources = rule.forwardSources() ? forward : backward;
        for (int l = 0; l + 1 < backward.size(); l++) {
            String name = BidirectionalPass.forwardName(l);
            Tensor given = States.mixed(sources.get(l), genome.pre());
            Tensor unit = States.mixedUnit(genome.pre()).expand(-1, -1, given.size(2), -1);
            Tensor withUnit = Tensors.cat(List.of(given, unit), 3);
            next.put(name, updated(synapses.get(name), withUnit, received(backward.get(l + 1))));
            String back = BidirectionalPass.backwardName(l);
            if (synapses.has(back)) {
                Tensor above = States.mixed(sources.get(l + 1), genome.pre());
                next.put(back, updated(synapses.get(back), above, received(backward.get(l))));
            }
        }
        return next.build();
    }

    /** sum_l post[o, l] a_j^l. */
    private Tensor received(Tensor targets) {
        return States.mixed(targets, genome.post().transpose(1, 2));
    }

    private Tensor updated(Tensor w, Tensor given, Tensor received) {
        Tensor next = rule.saturation().update(w, given, received, genome);
        if (rule.symmetricStates()) {
            next = next.slice(1, 0, 1).expand(-1, rule.states(), -1, -1);
        }
        return Double.isInfinite(rule.bound()) ? next : next.clamp(-rule.bound(), rule.bound());
    }
}
