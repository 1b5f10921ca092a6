package org.deutero.methods.recurrent;

import java.util.random.RandomGenerator;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.recurrent.NormGru;

/**
 * A {@link NormGru}.
 *
 * @param gru its sizes
 */
public record NormGruCell(NormGru gru) implements RecurrentCell {
    @Override
    public int inputs() {
        return gru.in();
    }

    @Override
    public int units() {
        return gru.units();
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return gru.init(rng, dtype);
    }

    @Override
    public Params start(Params theta, int tasks) {
        return Silence.of(theta.get("cand_h.weight"), tasks, units());
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        return Params.of(ACTIVITY, gru.step(theta, input, state.get(ACTIVITY)));
    }

    @Override
    public Tensor sequence(Params theta, Tensor inputs, Tensor keep) {
        return gru.sequence(theta, inputs, keep);
    }
}
