package org.deutero.methods.vsml;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Variable shared meta-learning (VSML; Kirsch and Schmidhuber 2021, arXiv 2012.14905): a network whose synapses are LSTMs with shared weights, see {@link SynapseCell} and {@link MessageNetwork}. The weights are all that is
 * meta-learned; nothing in them depends on the size of a network or a task, and permuting inputs or classes permutes what is learned. No loss is differentiated while a task is learned.
 *
 * <p>A support set is a stream. Step t predicts example t, is told the error of the prediction and, if so chosen, the label, and carries both into the next step, or with a backward pass into all layers at once. Layers
 * are dense; the released code's convolutions, and its averaging of states over batches of more than one example, are left out.
 *
 * <p>Fast state: that of {@link MessageNetwork}, and {@code feedback} [tasks, 1 or 2, outputs], what the last layer will be told.
 *
 * @param hidden units of the hidden layers; none in the released code's standard setting
 * @param rule what is chosen of the cell
 * @param initial states before any experience
 * @param readout how messages become predictions
 * @param backwardPass whether layers are visited once more, last to first, as soon as the error is known
 * @param feedLabel whether the last layer is told the label beside the error
 * @param loss what meta-learning lowers
 * @param objective of predictions
 * @param dtype of all numbers
 */
public record Vsml(
        List<Integer> hidden,
        VsmlRule rule,
        InitialState initial,
        Readout readout,
        boolean backwardPass,
        boolean feedLabel,
        MetaLoss loss,
        Objective objective,
        DType dtype)
        implements Servable<Episodes> {
    private static final String FEEDBACK = "feedback";
    /** Numbers in the gates of one portion of queries, which bounds memory. */
    private static final long PORTION = 1 << 23;

    private static final String THETA = "theta";
    private static final String STATE = "state";

    /** What meta-learning lowers. */
    public enum MetaLoss {
        /** The mean over the stream of the loss of every prediction, made before its label is seen. */
        ONLINE,
        /** The loss on queries after the stream: the released code's last example of an episode, with which few-shot tasks are trained. */
        QUERIES
    }

    /** Copies the list. */
    public Vsml {
        hidden = List.copyOf(hidden);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return rule.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        List<Integer> sizes = sizes(tasks);
        Params state =
                context.draw(tasks.size(), (rng, n) -> MessageNetwork.start(rule, initial, sizes, rng, dtype, n));
        Tensor silence = Tensors.zeros(dtype, tasks.size(), feedLabel ? 2 : 1, sizes.get(sizes.size() - 1));
        return state.with(Params.of(FEEDBACK, silence)).to(tasks.supportX().device());
    }

    private List<Integer> sizes(Episodes tasks) {
        List<Integer> sizes = new ArrayList<>();
        sizes.add((int) flat(tasks.supportX()).size(2));
        sizes.addAll(hidden);
        sizes.add(tasks.classification() ? tasks.way() : (int) tasks.supportY().size(2));
        return sizes;
    }

    /** Inputs [tasks, n, features]: for n = 1 a message of one slot. */
    private static Tensor flat(Tensor x) {
        return Functional.vectors(x);
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        int t = context.step();
        Tensor x = flat(tasks.supportX().slice(1, t, t + 1));
        Tensor y = tasks.supportY().slice(1, t, t + 1);
        MessageNetwork network = network(context.forTasks(theta, tasks.size()));
        MessageNetwork.Pass pass = network.forward(phi, x, phi.get(FEEDBACK), null);
        Tensor prediction = readout.of(pass.output());
        Tensor feedback = feedback(prediction, y);
        Params next = pass.state();
        if (backwardPass) {
            next = network.backward(next, pass.inputs(), feedback, null);
            feedback = Tensors.zerosLike(feedback);
        }
        next = next.with(Params.of(FEEDBACK, feedback));
        return loss == MetaLoss.ONLINE
                ? new Step(next, objective.losses(prediction, y).div(steps(tasks)))
                : Step.of(next);
    }

    private MessageNetwork network(Params ofTasks) {
        return new MessageNetwork(new SynapseCell(rule, ofTasks), hidden.size() + 1);
    }

    /** The derivative of the loss with respect to the prediction (of half the squared error, summed over outputs, in a regression), and the label; [tasks, 1 or 2, outputs]. */
    private Tensor feedback(Tensor prediction, Tensor y) {
        boolean labels = objective == Objective.CROSS_ENTROPY;
        Tensor truth = labels ? y.oneHot(prediction.size(2), prediction.dtype()) : y;
        Tensor error = (labels ? prediction.softmax(2) : prediction).sub(truth).mul(readout.errorScale());
        return feedLabel ? Tensors.cat(List.of(error, truth), 1) : error;
    }

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return loss == MetaLoss.ONLINE
                ? Tensors.zeros(dtype, tasks.size()).to(tasks.supportX().device())
                : objective.losses(predict(theta, phi, tasks, context), tasks.queryY());
    }

    /** Each query by itself, as if it came next in the stream. */
    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params own = context.forTasks(theta, tasks.size());
        Tensor x = flat(tasks.queryX());
        int queries = tasks.querySize();
        int portion = (int) Math.max(1, Math.min(queries, PORTION / (4 * phi.numel())));
        List<Tensor> predictions = new ArrayList<>();
        for (int from = 0; from < queries; from += portion) {
            int n = Math.min(portion, queries - from);
            Tensor some = x.slice(1, from, from + n).reshape((long) tasks.size() * n, 1, -1);
            predictions.add(next(own.repeatEach(n), phi.repeatEach(n), some).reshape(tasks.size(), n, -1));
        }
        return Tensors.cat(predictions, 1);
    }

    private Tensor next(Params ofTasks, Params phi, Tensor x) {
        return readout.of(
                network(ofTasks).forward(phi, x, phi.get(FEEDBACK), null).output());
    }

    /** The rule and the states of synapses. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Params.builder()
                .put(THETA, context.task().ownTheta() ? theta.task(0) : theta)
                .put(STATE, phi.task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        int n = (int) x.size(0);
        Tensor inputs = flat(x.unsqueeze(1));
        return next(solution.child(THETA).expand(n), solution.child(STATE).expand(n), inputs)
                .squeeze(1);
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
