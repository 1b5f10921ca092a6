package org.deutero.methods.metagenrl;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.methods.td3.PostNormMlp;
import org.deutero.methods.td3.PostNormMlp.Hidden;
import org.deutero.methods.td3.Segments;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;

/**
 * The learned objective of MetaGenRL (Kirsch, van Steenkiste, Schmidhuber 2020, arXiv 1910.04098, section 3; numbers as in their program): a network for each number of an action sees what was done and what the policy would do, the mean over numbers goes with reward, time and values into an LSTM that reads backwards, and what that says of a step is the loss
 * of the step, within -1/scale and 1/scale. The order of an action's numbers makes no difference, nor does how many there are.
 *
 * <p>Parameters: {@code action}, {@code input}, {@code lstm}, {@code output}. Rewards and values are standardised over all that a task hands in, padding included.
 *
 * @param action sizes of the network that sees [done, would do], its hidden layers; the last one's units are its output
 * @param input sizes of hidden layers and output of the network that sees rewards, time and values
 * @param units of the LSTM
 * @param output sizes of the hidden layers behind it
 * @param scale s in tanh(s o) / s, 1e-3 in print
 * @param forgetOffset added to forget gates, 1 in print
 * @param normEpsilon added to the variances of layers
 * @param epsilon added to the variances of rewards and values
 * @param initializer how weights start
 */
public record NeuralObjective(
        List<Integer> action,
        List<Integer> input,
        int units,
        List<Integer> output,
        double scale,
        double forgetOffset,
        double normEpsilon,
        double epsilon,
        Initializer initializer)
        implements Objective {
    private static final int SEEN_OF_ACTIONS = 2;
    private static final int SEEN_OF_TIME = 4;

    /** The sizes in print: 15,497 weights. */
    public static NeuralObjective published() {
        return of(List.of(32, 32, 32), List.of(32, 32, 8), 32, List.of(32, 32), Initializer.XAVIER_UNIFORM);
    }

    /** Other sizes with the constants in print. */
    public static NeuralObjective of(
            List<Integer> action, List<Integer> input, int units, List<Integer> output, Initializer initializer) {
        return new NeuralObjective(action, input, units, output, 1e-3, 1, 1e-5, 1e-8, initializer);
    }

    private PostNormMlp actionNetwork() {
        return new PostNormMlp(
                sizes(List.of(SEEN_OF_ACTIONS), action), Hidden.HALF_SQUARED, true, false, normEpsilon, initializer);
    }

    private PostNormMlp inputNetwork() {
        return new PostNormMlp(
                sizes(List.of(SEEN_OF_TIME), input), Hidden.HALF_SQUARED, false, true, normEpsilon, initializer);
    }

    private BackwardLstm lstm() {
        return new BackwardLstm(last(action) + last(input), units, forgetOffset, initializer);
    }

    private PostNormMlp outputNetwork() {
        List<Integer> sizes = sizes(sizes(List.of(units), output), List.of(1));
        return new PostNormMlp(sizes, Hidden.HALF_SQUARED, true, true, normEpsilon, initializer);
    }

    private static List<Integer> sizes(List<Integer> first, List<Integer> rest) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }

    private static int last(List<Integer> sizes) {
        return sizes.get(sizes.size() - 1);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put("action", actionNetwork().init(rng, dtype))
                .put("input", inputNetwork().init(rng, dtype))
                .put("lstm", lstm().init(rng, dtype))
                .put("output", outputNetwork().init(rng, dtype))
                .build();
    }

    @Override
    public Tensor losses(Params alpha, Segments segments, Tensor policy, Tensor values) {
        long tasks = values.size(0);
        long n = segments.number();
        long steps = segments.steps();
        Tensor x = lstmInput(alpha, segments, policy, values);
        Tensor h = lstm().apply(alpha.child("lstm"), x, segments.mask());
        Tensor o = outputNetwork()
                .apply(alpha.child("output"), h.reshape(tasks, n * steps, units))
                .reshape(tasks, n, steps);
        return o.mul(scale).tanh().div(scale).mul(segments.mask());
    }

    /** What the LSTM reads, [tasks, n, T, in]: of actions, then of rewards, time and values. */
    Tensor lstmInput(Params alpha, Segments segments, Tensor policy, Tensor values) {
        long tasks = values.size(0);
        long n = segments.number();
        int steps = segments.steps();
        long numbers = policy.size(3);
        Tensor pairs = Tensors.stack(List.of(segments.action(), policy), 4)
                .reshape(tasks, n * steps * numbers, SEEN_OF_ACTIONS);
        Tensor ofActions = actionNetwork()
                .apply(alpha.child("action"), pairs)
                .reshape(tasks, n * steps, numbers, last(action))
                .mean(2);
        Tensor standard = Standardized.of(values, epsilon);
        Tensor goesOn = segments.terminated().neg().add(1);
        Tensor time = Tensors.range(steps)
                .to(values.dtype())
                .to(values.device())
                .div(steps)
                .reshape(1, 1, steps)
                .expand(tasks, n, steps);
        Tensor seen = Tensors.stack(
                        List.of(
                                Standardized.of(segments.reward(), epsilon),
                                time,
                                standard.slice(2, 1, steps + 1L).mul(goesOn),
                                standard.slice(2, 0, steps)),
                        3)
                .reshape(tasks, n * steps, SEEN_OF_TIME);
        Tensor ofTime = inputNetwork().apply(alpha.child("input"), seen);
        return Tensors.cat(List.of(ofActions, ofTime), 2).reshape(tasks, n, steps, last(action) + last(input));
    }
}
