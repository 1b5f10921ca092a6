package org.deutero.methods.plastic;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A recurrent network of plastic connections (Miconi, Stanley, Clune 2018, arXiv 1804.02464): y = tanh(x (w + alpha o H) + input), then H follows x and y, and y is the next x.
 *
 * <p>Every unit has an input of its own. Parameters: {@code w}, {@code alpha} [units, units], from source to target, and {@code eta} [1], all learned; eta is not held within [0, 1]. A network that is not
 * plastic has {@code w} only.
 *
 * @param units number of units, and of inputs
 * @param rule of the trace
 * @param plastic whether connections are plastic; otherwise this is the plain recurrent network to compare with
 * @param deviation of w and alpha at the start, 0.01 in print
 * @param rate eta at the start, 0.01 in print
 */
public record PlasticCell(int units, TraceRule rule, boolean plastic, double deviation, double rate)
        implements RecurrentCell {
    private static final String W = "w";
    private static final String ALPHA = "alpha";
    private static final String ETA = "eta";

    @Override
    public int inputs() {
        return units;
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params w = Params.of(W, Tensors.normal(rng, dtype, units, units).mul(deviation));
        return plastic
                ? w.with(Params.builder()
                        .put(ALPHA, Tensors.normal(rng, dtype, units, units).mul(deviation))
                        .put(ETA, Tensors.full(rate, dtype, 1))
                        .build())
                : w;
    }

    @Override
    public Params start(Params theta, int tasks) {
        Tensor w = theta.get(W);
        Params silence =
                Params.of(ACTIVITY, Tensors.zeros(w.dtype(), tasks, 1, units).to(w.device()));
        return plastic ? silence.with(PlasticityModulation.SIMPLE.start(w, tasks, units, units)) : silence;
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        Tensor x = state.get(ACTIVITY);
        if (!plastic) {
            return Params.of(ACTIVITY, x.matmul(theta.get(W)).add(input).tanh());
        }
        Tensor trace = state.get(PlasticityModulation.TRACE);
        Tensor y = x.matmul(weights(theta, trace)).add(input).tanh();
        return Params.builder()
                .put(ACTIVITY, y)
                .put(PlasticityModulation.TRACE, rule.update(trace, x, y, theta.get(ETA)))
                .build();
    }

    /** w + alpha o H, [tasks, in, out]. */
    static Tensor weights(Params theta, Tensor trace) {
        return theta.get(W).add(theta.get(ALPHA).mul(trace));
    }
}
