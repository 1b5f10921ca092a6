package org.deutero.methods.vsml;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Synapses before any experience: h is 0; of c the first numbers are normal, drawn again beyond two deviations, the rest 0.
 *
 * @param random share of c that is random; without any, synapses of one layer can only become different by what their units are told
 * @param scale times 1/sqrt(sources) is the standard deviation
 */
public record InitialState(double random, double scale) {
    /** Nothing is random. */
    public static final InitialState ZERO = new InitialState(0, 1);

    /** Checks ranges. */
    public InitialState {
        if (!(random >= 0 && random <= 1 && scale >= 0)) {
            throw new IllegalArgumentException(
                    "the random share of a state lies in [0, 1] and its scale is not negative; not " + random + " and "
                            + scale);
        }
    }

    /** c of the synapses of one layer, [tasks, N, sources, targets]. */
    Tensor draw(RandomGenerator rng, DType dtype, int tasks, int state, int sources, int targets) {
        int drawn = (int) Math.round(random * state);
        Tensor zeros = Tensors.zeros(dtype, tasks, state - drawn, sources, targets);
        if (drawn == 0) {
            return zeros;
        }
        Tensor normal = Tensors.truncatedNormal(rng, dtype, tasks, drawn, sources, targets)
                .mul(scale / Math.sqrt(sources));
        return drawn == state ? normal : Tensors.cat(List.of(normal, zeros), 1);
    }
}
