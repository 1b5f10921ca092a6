package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A network that goes through time and sees nothing of what comes later: all of a course at once, or moment by moment from a state that holds whatever it needs of the past. Both give the same numbers, up to rounding. Pure.
 *
 * <p>Parameters are as {@link #init} makes them, or each with a leading task dimension.
 */
public interface CausalNetwork {
    /**
     * What comes out of some moments.
     *
     * @param outputs [tasks, moments, outputs]
     * @param state after the last of them, [tasks, ...]
     */
    record Run(Tensor outputs, Params state) {}

    /** Numbers in an input. */
    int inputs();

    /** Numbers in an output. */
    int outputs();

    /** Fresh parameters. */
    Params init(RandomGenerator rng, DType dtype);

    /** The state before any input. */
    Params start(Params params, int tasks);

    /**
     * Outputs over a whole course of time, from the start.
     *
     * @param x [tasks, time, inputs]
     * @return [tasks, time, outputs]
     */
    default Tensor sequence(Params params, Tensor x) {
        return run(params, x).outputs();
    }

    /**
     * The same, with the state at its end. Moment by moment, unless a network knows a faster way.
     *
     * @param x [tasks, time, inputs]
     */
    default Run run(Params params, Tensor x) {
        Params state = start(params, (int) x.size(0));
        List<Tensor> outputs = new ArrayList<>();
        for (int t = 0; t < x.size(1); t++) {
            Run moment = step(params, state, x.slice(1, t, t + 1));
            state = moment.state();
            outputs.add(moment.outputs());
        }
        return new Run(Tensors.cat(outputs, 1), state);
    }

    /**
     * One more moment.
     *
     * @param state after the moments so far
     * @param x [tasks, 1, inputs]
     */
    Run step(Params params, Params state, Tensor x);

    /**
     * What would come out if each of several inputs came next; the state stays as it is, and they do not see each other.
     *
     * @param own whether parameters lead with the task dimension
     * @param x [tasks, n, inputs]
     * @return [tasks, n, outputs]
     */
    default Tensor alternatives(Params params, boolean own, Params state, Tensor x) {
        int n = (int) x.size(1);
        if (n == 1) {
            return step(params, state, x).outputs();
        }
        Tensor each = x.reshape(x.size(0) * n, 1, x.size(2));
        return step(own ? params.repeatEach(n) : params, state.repeatEach(n), each)
                .outputs()
                .reshape(x.size(0), n, -1);
    }

    /** The most moments of a course; {@link Integer#MAX_VALUE} if there is no limit. */
    int longest();

    /** Numbers that are carried on after so many moments: all that an output can depend on beside its input. */
    long carried(int moments);
}
