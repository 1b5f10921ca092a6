package org.deutero.methods.plastic;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * A recurrent network that rules its own plasticity (Miconi, Rawal, Clune, Stanley 2019, arXiv 2002.10585): h = tanh(input + h_before (w + alpha o H)), m = tanh(modulator(h)), and H changes as
 * {@link PlasticityModulation} says.
 *
 * <p>Parameters: {@code w}, {@code alpha} [units, units], from source to target; {@code input} [units, inputs], without bias; {@code modulator}, one output; {@code fan} or {@code eta} as the modulation needs. The state holds
 * the signal as {@code modulation} [tasks, 1, 1].
 *
 * @param inputs numbers in an input
 * @param units number of units
 * @param modulation how the signal acts
 * @param bound of the trace; 1 in print, 2 with fan-out
 * @param deviation w and alpha start uniform in [0, deviation); 0.01 in print
 * @param rate eta at the start, 0.1 in print
 */
public record ModulatedCell(
        int inputs, int units, PlasticityModulation modulation, double bound, double deviation, double rate)
        implements RecurrentCell {
    static final String SIGNAL = "modulation";
    private static final String INPUT = "input";

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder theta = Params.builder();
        theta.put("w", Tensors.uniform(rng, 0, deviation, dtype, units, units));
        theta.put("alpha", Tensors.uniform(rng, 0, deviation, dtype, units, units));
        theta.put(
                INPUT,
                new Linear(inputs, units, Initializer.FAN_IN_UNIFORM)
                        .init(rng, dtype)
                        .get("weight"));
        theta.put("modulator", new Linear(units, 1, Initializer.FAN_IN_UNIFORM).init(rng, dtype));
        if (modulation == PlasticityModulation.FAN) {
            theta.put("fan", new Linear(1, units, Initializer.FAN_IN_UNIFORM).init(rng, dtype));
        }
        if (modulation == PlasticityModulation.RETROACTIVE) {
            theta.put("eta", Tensors.full(rate, dtype, 1));
        }
        return theta.build();
    }

    @Override
    public Params start(Params theta, int tasks) {
        Tensor w = theta.get("w");
        return Params.builder()
                .put(ACTIVITY, Tensors.zeros(w.dtype(), tasks, 1, units).to(w.device()))
                .put(SIGNAL, Tensors.zeros(w.dtype(), tasks, 1, 1).to(w.device()))
                .build()
                .with(modulation.start(w, tasks, units, units));
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        Tensor before = state.get(ACTIVITY);
        Tensor driven = input.matmul(theta.get(INPUT).transpose(-2, -1));
        Tensor h = before.matmul(PlasticCell.weights(theta, state.get(PlasticityModulation.TRACE)))
                .add(driven)
                .tanh();
        Tensor m = Linear.apply(theta.child("modulator"), h).tanh();
        return modulation
                .update(theta, state, before, h, m, bound)
                .with(Params.of(ACTIVITY, h))
                .with(Params.of(SIGNAL, m));
    }
}
