package org.deutero.methods.blur;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * How meta-parameters stand for genes whose useful values are small or lie about 1: gene = centre + scale times the meta-parameter, so that one
 * step size or search deviation suits all. Other genes are meta-parameters themselves.
 *
 * @param synapseKeep of f~
 * @param synapseUpdate of eta~
 * @param gamma of the deviation of normalised neurons
 */
public record GeneScales(Scale synapseKeep, Scale synapseUpdate, Scale gamma) {
    /** Every meta-parameter is a gene. */
    public static final GeneScales NATURAL = new GeneScales(Scale.ONE, Scale.ONE, Scale.ONE);
    /** f~ = 1 + 0.1 g, eta~ = 0.01 g, gamma = 1 + g: for searches with one deviation. */
    public static final GeneScales SCALED = new GeneScales(new Scale(1, 0.1), new Scale(0, 0.01), new Scale(1, 1));

    /**
     * An affine map.
     *
     * @param centre gene at 0
     * @param scale of the meta-parameter
     */
    public record Scale(double centre, double scale) {
        /** The identity. */
        static final Scale ONE = new Scale(0, 1);

        Tensor gene(Tensor parameter) {
            return equals(ONE) ? parameter : parameter.mul(scale).add(centre);
        }

        /** The meta-parameter of a gene. */
        double parameter(double gene) {
            return (gene - centre) / scale;
        }
    }

    /** The genes that meta-parameters stand for, under the same names. */
    Params genes(Params theta) {
        Params.Builder genes = Params.builder();
        theta.forEach((name, value) -> genes.put(name, of(name).gene(value)));
        return genes.build();
    }

    private Scale of(String name) {
        return switch (name) {
            case Genome.SYNAPSE_KEEP -> synapseKeep;
            case Genome.SYNAPSE_UPDATE -> synapseUpdate;
            case Genome.GAMMA -> gamma;
            default -> Scale.ONE;
        };
    }
}
