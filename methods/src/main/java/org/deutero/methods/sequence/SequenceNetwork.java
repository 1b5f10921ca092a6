package org.deutero.methods.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.CarriedState;
import org.deutero.learn.capability.SequenceLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.RandomOrder;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.options.OptionsException;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Rolling;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.CausalNetwork;
import org.deutero.tensor.nn.recurrent.LstmStart;

/**
 * A network that goes through a sequence and answers each item before it is told the item's answer: the input at time t is [x_t, y_{t-1}], with y_0 = 0, or has x_{t-1} besides, and the output belongs to x_t (Hochreiter, Younger, Conwell 2001; Santoro et al. 2016; Kirsch et al. 2022). The meta-loss is
 * the mean loss over all positions, the unavoidable errors at first sight included.
 *
 * <p>A step of learning is one item. Questions are asked each for itself, as if it came next, and leave no trace. Meta-training either takes the same steps, or, {@code atOnce}, none: the meta-loss then goes through all positions in one pass, as networks without recurrence can do in few operations.
 *
 * <p>Meta-parameters: the network's. Fast state: the network's under {@code cell}, {@code told} [tasks, 1, numbers of an answer], the answer that the next step will show, {@code shown} [tasks, 1, features], its item, if that is part of a token, and what {@link Targets} fix for a task under {@code fixed}.
 *
 * @param network on tokens
 * @param targets how answers are told
 * @param format of tokens
 * @param atOnce whether meta-training takes all positions in one pass
 * @param shuffled whether items are gone through in random order, for support sets whose items stand class by class
 * @param queryWeight weight of the questions' loss, beside the loss met on the way; 0 in print
 * @param fixedOutputs whether tasks can have no more classes than in meta-training
 * @param dtype of all numbers
 */
public record SequenceNetwork(
        CausalNetwork network,
        Targets targets,
        TokenFormat format,
        boolean atOnce,
        boolean shuffled,
        double queryWeight,
        boolean fixedOutputs,
        DType dtype)
        implements SequenceLearner, Servable<Sequences>, CarriedState {
    private static final String CELL = "cell";
    private static final String TOLD = "told";
    private static final String SHOWN = "shown";
    private static final String FIXED = "fixed";
    private static final String THETA = "theta";
    private static final String STATE = "state";

    /** A recurrent cell with a linear layer after it, on tokens [x_t, y_{t-1}]; all learning takes steps. */
    public SequenceNetwork(
            RecurrentCell cell,
            Targets targets,
            boolean shuffled,
            double queryWeight,
            LstmStart readout,
            boolean fixedOutputs,
            DType dtype) {
        this(
                new CellNetwork(Optional.empty(), cell, targets.outputs(), readout),
                targets,
                TokenFormat.OFFICIAL,
                false,
                shuffled,
                queryWeight,
                fixedOutputs,
                dtype);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return network.init(rng, dtype);
    }

    @Override
    public long carried(int told) {
        return network.carried(told);
    }

    @Override
    public int longest() {
        return network.longest() == Integer.MAX_VALUE ? Integer.MAX_VALUE : network.longest() - 1;
    }

    @Override
    public int steps(Sequences tasks) {
        return atOnce ? 0 : tasks.length();
    }

    @Override
    public int evaluationSteps(Sequences tasks) {
        return tasks.length();
    }

    /** @throws OptionsException if the network cannot go through so many items */
    @Override
    public Params begin(Params theta, Sequences tasks, StepContext context) {
        int moments = tasks.length() + (tasks.questions().isPresent() ? 1 : 0);
        if (moments > network.longest()) {
            throw new OptionsException("sequences of " + moments
                    + " items, a question after the last included, are longer than the " + network.longest()
                    + " positions of the network; expected shorter ones, or method.positions of at least " + moments);
        }
        Params.Builder phi = Params.builder()
                .put(CELL, network.start(theta, tasks.size()))
                .put(TOLD, silence(tasks, targets.told()));
        if (format == TokenFormat.PAIRED) {
            phi.put(SHOWN, silence(tasks, Functional.vectors(tasks.items()).size(2)));
        }
        return phi.put(
                        FIXED,
                        targets.begin(tasks, context, dtype).to(tasks.items().device()))
                .build();
    }

    private Tensor silence(Sequences tasks, long width) {
        return Tensors.zeros(dtype, tasks.size(), 1, width).to(tasks.items().device());
    }

    @Override
    public Step step(Params theta, Params phi, Sequences tasks, StepContext context) {
        Answered answered = answered(theta, phi, tasks, context);
        Tensor loss =
                targets.losses(phi.child(FIXED), answered.outputs, answered.y).div(tasks.length());
        return new Step(answered.after, loss);
    }

    private record Answered(Params after, Tensor outputs, Tensor y) {}

    private Answered answered(Params theta, Params phi, Sequences tasks, StepContext context) {
        Tensor x = vectors(item(tasks.items(), context));
        Tensor y = item(tasks.answers(), context);
        Params fixed = phi.child(FIXED);
        CausalNetwork.Run run = network.step(theta, phi.child(CELL), tokens(phi, x));
        Params.Builder after = Params.builder().put(CELL, run.state()).put(TOLD, targets.tell(fixed, y, dtype));
        if (format == TokenFormat.PAIRED) {
            after.put(SHOWN, x);
        }
        return new Answered(after.put(FIXED, fixed).build(), run.outputs(), y);
    }

    private Tensor vectors(Tensor x) {
        return Functional.vectors(x).to(dtype);
    }

    /** What comes at a step, [tasks, 1, ...]. */
    private Tensor item(Tensor items, StepContext context) {
        int n = (int) items.size(1);
        if (!shuffled) {
            return items.slice(1, context.step(), context.step() + 1);
        }
        Tensor order = RandomOrder.of(context, (int) items.size(0), n);
        return RandomOrder.rows(items, order.slice(1, context.step(), context.step() + 1));
    }

    /** Tokens of items x [tasks, n, features], each as if it came next. */
    private Tensor tokens(Params phi, Tensor x) {
        long n = x.size(1);
        Tensor told = phi.get(TOLD).expand(-1, n, -1);
        return format.of(x, format == TokenFormat.PAIRED ? phi.get(SHOWN).expand(-1, n, -1) : x, told);
    }

    /** Tokens of all items, in the order in which they come. */
    private Tensor tokens(Params fixed, Sequences tasks, StepContext context) {
        Tensor y = targets.tell(fixed, inOrder(tasks.answers(), context), dtype);
        return format.sequence(vectors(inOrder(tasks.items(), context)), y);
    }

    private Tensor inOrder(Tensor items, StepContext context) {
        return shuffled
                ? RandomOrder.rows(items, RandomOrder.of(context, (int) items.size(0), (int) items.size(1)))
                : items;
    }

    /** The questions' share; the rest has been met on the way, unless no step was taken. @throws OptionsException if questions have a weight, but there are none */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Sequences tasks, StepContext context) {
        boolean unread = atOnce && context.step() == 0;
        if (queryWeight == 0) {
            return unread
                    ? positions(network.sequence(theta, tokens(phi.child(FIXED), tasks, context)), phi, tasks, context)
                    : Tensors.zeros(dtype, tasks.size()).to(tasks.items().device());
        }
        Sequences.Questions questions = tasks.questions()
                .orElseThrow(() -> new OptionsException(
                        "query-weight is " + queryWeight + ", but these sequences have no queries; expected 0"));
        if (!unread) {
            return asked(theta, phi, questions, context);
        }
        CausalNetwork.Run run = network.run(theta, tokens(phi.child(FIXED), tasks, context));
        Params after = phi.with(last(phi.child(FIXED), tasks, context))
                .with(run.state().under(CELL));
        return positions(run.outputs(), phi, tasks, context).add(asked(theta, after, questions, context));
    }

    private Tensor positions(Tensor outputs, Params phi, Sequences tasks, StepContext context) {
        return targets.losses(phi.child(FIXED), outputs, inOrder(tasks.answers(), context));
    }

    private Tensor asked(Params theta, Params phi, Sequences.Questions questions, StepContext context) {
        Tensor outputs = putOut(theta, phi, questions.items(), context);
        return targets.losses(phi.child(FIXED), outputs, questions.answers()).mul(queryWeight);
    }

    /** The last item and answer, as the state after it holds them. */
    private Params last(Params fixed, Sequences tasks, StepContext context) {
        int end = tasks.length();
        Tensor y = inOrder(tasks.answers(), context).slice(1, end - 1, end);
        Params told = Params.of(TOLD, targets.tell(fixed, y, dtype));
        return format == TokenFormat.PAIRED
                ? told.with(
                        Params.of(SHOWN, vectors(inOrder(tasks.items(), context).slice(1, end - 1, end))))
                : told;
    }

    @Override
    public Tensor ask(Params theta, Params phi, Tensor x, Sequences tasks, StepContext context) {
        return targets.answers(phi.child(FIXED), putOut(theta, phi, x, context));
    }

    /** What the network puts out for inputs [tasks, n, features...], each as if it came next, [tasks, n, outputs]. */
    Tensor putOut(Params theta, Params phi, Tensor x, StepContext context) {
        return network.alternatives(theta, context.task().ownTheta(), phi.child(CELL), tokens(phi, vectors(x)));
    }

    /** In one pass: what is asked of an item is what the network puts out as it takes the item in. */
    @Override
    public Tensor answers(Params theta, Sequences tasks, TaskContext context) {
        Params phi = begin(theta, tasks, context.at(0, false));
        if (atOnce) {
            Params fixed = phi.child(FIXED);
            return targets.answers(fixed, network.sequence(theta, tokens(fixed, tasks, context.at(0, false))));
        }
        List<Tensor> answers = new ArrayList<>();
        try (Rolling rolling = new Rolling(phi)) {
            for (int t = 0; t < tasks.length(); t++) {
                // A step's own tensors go with it, unless they are part of a graph.
                try (Scope s = Scope.open()) {
                    Answered answered = answered(theta, rolling.get(), tasks, context.at(t, false));
                    answers.add(s.keep(targets.answers(answered.after.child(FIXED), answered.outputs)));
                    rolling.next(s, answered.after);
                }
            }
        }
        return Tensors.cat(answers, 1);
    }

    /** The network, and its state after the support set. */
    @Override
    public Params solution(Params theta, Params phi, Sequences tasks, StepContext context) {
        return Params.builder()
                .put(THETA, context.task().ownTheta() ? theta.task(0) : theta)
                .put(STATE, phi.task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Params state = solution.child(STATE).expand(1);
        Tensor tokens = tokens(state, vectors(x.unsqueeze(0)));
        Tensor outputs = network.alternatives(solution.child(THETA), false, state.child(CELL), tokens);
        return targets.answers(state.child(FIXED), outputs).squeeze(0);
    }
}
