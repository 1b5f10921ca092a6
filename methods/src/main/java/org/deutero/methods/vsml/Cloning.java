package org.deutero.methods.vsml;

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
 * Learning-algorithm cloning (Kirsch and Schmidhuber 2021, arXiv 2012.14905): VSML's rule is trained to do in one layer what back-propagation does. The first number of a synapse's memory stands for its weight w, the
 * second for its bias b, slot 0 of messages for activations and errors. Of a stream of inputs x and errors e, every pair is
 *
 * <pre>
 * forward visit  (x_a, 0):    y_ab = tanh(x_a) w_ab + b_ab
 * backward visit (x_a, e_b):  e'_ab = e_b w_ab (1 - tanh(x_a)^2);  w_ab &lt;- w_ab - rate e_b tanh(x_a);  b_ab &lt;- b_ab - rate e_b
 * </pre>
 *
 * <p>and the meta-loss is the sum of the mean squared differences of y, e', w and b, averaged over pairs. The rule goes on from its own states, so that errors cannot pile up unseen; what it imitates goes on by itself.
 * Theta fits {@link Vsml} with the same rule, output slot 0 and a backward pass.
 *
 * <p>Support inputs are x; targets of a regression are e, of a classification e is 1 at the label. Fast state: {@code h0}, {@code c0} of the synapses, and {@code weight}, {@code bias} [tasks, sources, targets] of what is imitated.
 *
 * @param rule of the synapses
 * @param rate of the gradient descent that is imitated
 * @param deviation of the weights and biases that it starts with
 * @param judged what of the imitation counts
 * @param objective tells labels from values
 * @param dtype of all numbers
 */
public record Cloning(VsmlRule rule, double rate, double deviation, Judged judged, Objective objective, DType dtype)
        implements Servable<Episodes> {
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";
    private static final String THETA = "theta";
    private static final String STATE = "state";

    /** What of the imitation counts. */
    public enum Judged {
        ALL,
        /** y. */
        OUTPUT,
        /** e'. */
        ERROR,
        /** w. */
        WEIGHT,
        /** b. */
        BIAS
    }

    /** Refuses a rule that has no place for a bias. */
    public Cloning {
        if (rule.state() < 2 || rule.reward() || rule.ownMessages()) {
            throw new IllegalArgumentException(
                    "a rule that imitates back-propagation needs 2 units for weight and bias, and messages only");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return rule.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        int in = (int) flat(tasks.supportX()).size(2);
        int out = (int) errors(tasks, 0).size(2);
        Params taught = context.draw(
                tasks.size(),
                (rng, n) -> Params.builder()
                        .put(WEIGHT, Tensors.normal(rng, dtype, n, in, out).mul(deviation))
                        .put(BIAS, Tensors.normal(rng, dtype, n, in, out).mul(deviation))
                        .build());
        Tensor rest = Tensors.zeros(dtype, tasks.size(), rule.state() - 2, in, out);
        Tensor c = Tensors.cat(
                List.of(taught.get(WEIGHT).unsqueeze(1), taught.get(BIAS).unsqueeze(1), rest), 1);
        return Params.builder()
                .put("h0", Tensors.zerosLike(c))
                .put("c0", c)
                .put("", taught)
                .build()
                .to(tasks.supportX().device());
    }

    private static Tensor flat(Tensor x) {
        return Functional.vectors(x);
    }

    /** e of one pair, [tasks, 1, outputs]. */
    private Tensor errors(Episodes tasks, int t) {
        Tensor y = tasks.supportY().slice(1, t, t + 1);
        return objective == Objective.CROSS_ENTROPY ? y.oneHot(tasks.way(), dtype) : y;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        int t = context.step();
        SynapseCell cell = new SynapseCell(rule, context.forTasks(theta, tasks.size()));
        Tensor x = flat(tasks.supportX().slice(1, t, t + 1));
        Tensor e = errors(tasks, t);
        Synapses before = MessageNetwork.synapses(phi, 0);
        Synapses between = cell.visit(before, new Messages(x, Tensors.zerosLike(e)), null, null);
        Synapses after = cell.visit(between, new Messages(x, e), null, null);

        Tensor activation = x.tanh().squeeze(1).unsqueeze(2);
        Tensor error = e.squeeze(1).unsqueeze(1);
        Tensor w = phi.get(WEIGHT);
        Tensor b = phi.get(BIAS);
        Tensor y = activation.mul(w).add(b);
        Tensor back = error.mul(w).mul(activation.square().neg().add(1));
        Tensor nextW = w.sub(error.mul(activation).mul(rate));
        Tensor nextB = b.sub(error.mul(rate));

        Tensor loss = switch (judged) {
            case ALL ->
                apart(cell.forwardOfEach(between), 0, y)
                        .add(apart(cell.backwardOfEach(after), 0, back))
                        .add(apart(after.c(), 0, nextW))
                        .add(apart(after.c(), 1, nextB));
            case OUTPUT -> apart(cell.forwardOfEach(between), 0, y);
            case ERROR -> apart(cell.backwardOfEach(after), 0, back);
            case WEIGHT -> apart(after.c(), 0, nextW);
            case BIAS -> apart(after.c(), 1, nextB);
        };
        Params next = Params.builder()
                .put("h0", after.h())
                .put("c0", after.c())
                .put(WEIGHT, nextW)
                .put(BIAS, nextB)
                .build();
        return new Step(next, loss.div(steps(tasks)));
    }

    /** The mean squared difference between one number of each synapse and what it should be, [tasks]. */
    private static Tensor apart(Tensor values, int slot, Tensor wanted) {
        return values.select(1, slot).sub(wanted).square().meanPerTask();
    }

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    /** 0: all of the loss is met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size()).to(tasks.supportX().device());
    }

    /** The imitated layer's output for queries. */
    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        int n = tasks.querySize();
        return outputs(
                        context.forTasks(theta, tasks.size()).repeatEach(n),
                        phi.repeatEach(n),
                        flat(tasks.queryX()).reshape((long) tasks.size() * n, 1, -1))
                .reshape(tasks.size(), n, -1);
    }

    private Tensor outputs(Params ofTasks, Params phi, Tensor x) {
        SynapseCell cell = new SynapseCell(rule, ofTasks);
        Synapses before = MessageNetwork.synapses(phi, 0);
        Tensor silence = Tensors.zeros(dtype, x.size(0), 1, before.c().size(3)).to(x.device());
        return cell.forward(cell.visit(before, new Messages(x, silence), null, null))
                .slice(1, 0, 1);
    }

    /** The rule and the states of synapses. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Params.builder()
                .put(THETA, context.task().ownTheta() ? theta.task(0) : theta)
                .put(
                        STATE,
                        phi.filter(name -> name.equals("h0") || name.equals("c0"))
                                .task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        int n = (int) x.size(0);
        return outputs(solution.child(THETA).expand(n), solution.child(STATE).expand(n), flat(x.unsqueeze(1)))
                .squeeze(1);
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
