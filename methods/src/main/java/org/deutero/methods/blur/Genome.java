package org.deutero.methods.blur;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * The genes of every task, k states. Matrices have the source state as row and the target state as column.
 *
 * @param neuronKeep f, [tasks, 1, 1, 1]
 * @param neuronUpdate eta, [tasks, 1, 1, 1]
 * @param synapseKeep f~, [tasks, 1, 1, 1]
 * @param synapseUpdate eta~, [tasks, 1, 1, 1]
 * @param nu forward, [tasks, k, k]
 * @param mu backward, [tasks, k, k]
 * @param pre of the Hebbian product, [tasks, k, k]: source state by synapse channel
 * @param post of the Hebbian product, [tasks, k, k]: synapse channel by target state
 * @param gamma deviation of normalised neurons, [tasks, k, 1, 1]; null without neuron normalisation
 * @param beta mean of normalised neurons, [tasks, k, 1, 1]; null without neuron normalisation
 * @param saturation multiplier of the saturating term, [tasks, 1, 1, 1]; null without
 * @param rescale norm of normalised synapses, [tasks, 1, 1, 1]; null for norm 1
 */
record Genome(
        Tensor neuronKeep,
        Tensor neuronUpdate,
        Tensor synapseKeep,
        Tensor synapseUpdate,
        Tensor nu,
        Tensor mu,
        Tensor pre,
        Tensor post,
        Tensor gamma,
        Tensor beta,
        Tensor saturation,
        Tensor rescale) {
    static final String NEURON_KEEP = "neuron_keep";
    static final String NEURON_UPDATE = "neuron_update";
    static final String SYNAPSE_KEEP = "synapse_keep";
    static final String SYNAPSE_UPDATE = "synapse_update";
    static final String NU = "nu";
    static final String MU = "mu";
    static final String PRE = "pre";
    static final String POST = "post";
    static final String GAMMA = "gamma";
    static final String BETA = "beta";
    static final String SATURATION = "saturation";
    static final String RESCALE = "rescale";

    /**
     * The genes that meta-parameters stand for.
     *
     * @param theta of each task, [tasks, ...]
     */
    static Genome of(Params theta, GeneScales scales) {
        Params genes = scales.genes(theta);
        return new Genome(
                scalar(genes.get(NEURON_KEEP)),
                scalar(genes.get(NEURON_UPDATE)),
                scalar(genes.get(SYNAPSE_KEEP)),
                scalar(genes.get(SYNAPSE_UPDATE)),
                genes.get(NU),
                genes.get(MU),
                genes.get(PRE),
                genes.get(POST),
                genes.has(GAMMA) ? states(genes.get(GAMMA)) : null,
                genes.has(BETA) ? states(genes.get(BETA)) : null,
                genes.has(SATURATION) ? scalar(genes.get(SATURATION)) : null,
                genes.has(RESCALE) ? scalar(genes.get(RESCALE)) : null);
    }

    private static Tensor scalar(Tensor gene) {
        return gene.reshape(-1, 1, 1, 1);
    }

    private static Tensor states(Tensor gene) {
        return gene.reshape(gene.size(0), -1, 1, 1);
    }
}
