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
 * {@link PlasticityModulation} says; or the same network without a signal, or without plasticity, to hold it against.
 *
 * <p>Parameters: {@code w}, {@code alpha} [units, units], from source to target; {@code input} [units, inputs], without bias; {@code modulator}, one output; {@code fan} or {@code eta} as the modulation needs. The state holds
 * the signal as {@code modulation} [tasks, 1, 1]. What a network lacks it has no parameters or state for.
 *
 * @param inputs numbers in an input
 * @param units number of units
 * @param modulation how the signal acts
 * @param bound of the trace; 1 in print, 2 with fan-out
 * @param deviation w and alpha start uniform in [0, deviation); 0.01 in print, where 200 units make the largest eigenvalue of w about units deviation / 2 = 1
 * @param rate eta at the start, 0.1 in print
 */
public record ModulatedCell(
        int inputs, int units, PlasticityModulation modulation, double bound, double deviation, double rate)
        implements RecurrentCell {
    static final String SIGNAL = "modulation";
    private static final String INPUT = "input";
    private static final String MODULATOR = "modulator";

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder theta = Params.builder();
        theta.put("w", Tensors.uniform(rng, 0, deviation, dtype, units, units));
        if (modulation.plastic()) {
            theta.put("alpha", Tensors.uniform(rng, 0, deviation, dtype, units, units));
        }
        theta.put(
                INPUT,
                new Linear(inputs, units, Initializer.FAN_IN_UNIFORM)
                        .init(rng, dtype)
                        .get("weight"));
        if (modulation.modulated()) {
            theta.put(MODULATOR, new Linear(units, 1, Initializer.FAN_IN_UNIFORM).init(rng, dtype));
        }
        if (modulation == PlasticityModulation.FAN) {
            theta.put("fan", new Linear(1, units, Initializer.FAN_IN_UNIFORM).init(rng, dtype));
        }
        if (modulation.rated()) {
            theta.put("eta", Tensors.full(rate, dtype, 1));
        }
        return theta.build();
    }

    @Override
    public Params start(Params theta, int tasks) {
        Tensor w = theta.get("w");
        Params state = Params.of(
                        ACTIVITY, Tensors.zeros(w.dtype(), tasks, 1, units).to(w.device()))
                .with(modulation.start(w, tasks, units, units));
        return modulation.modulated()
                ? state.with(
                        Params.of(SIGNAL, Tensors.zeros(w.dtype(), tasks, 1, 1).to(w.device())))
                : state;
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        Tensor before = state.get(ACTIVITY);
        Tensor driven = input.matmul(theta.get(INPUT).transpose(-2, -1));
        Tensor weights = modulation.plastic()
                ? PlasticCell.weights(theta, state.get(PlasticityModulation.TRACE))
                : theta.get("w");
        Tensor h = before.matmul(weights).add(driven).tanh();
        if (!modulation.modulated()) {
            return modulation.update(theta, state, before, h, null, bound).with(Params.of(ACTIVITY, h));
        }
        Tensor m = Linear.apply(theta.child(MODULATOR), h).tanh();
        return modulation
                .update(theta, state, before, h, m, bound)
                .with(Params.of(ACTIVITY, h))
                .with(Params.of(SIGNAL, m));
    }
}
