package org.deutero.methods.mann;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
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
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.recurrent.LstmStart;

/**
 * A recurrent network that goes through a sequence and answers each item before it is told the item's target: the input at time t is [x_t, y_{t-1}], with y_0 = 0, and the output belongs to x_t (Hochreiter, Younger, Conwell 2001; Santoro et al. 2016). So a target has to be
 * bound to an input of one step ago. The meta-loss is the mean loss over all steps, the unavoidable errors at first sight included.
 *
 * <p>A step of learning is one item. Questions are asked each for itself, as if it came next. Meta-parameters: those of the cell under {@code cell}, and {@code readout}. Fast state: the cell's under {@code cell}, {@code told} [tasks, 1, numbers of a target], the target that the next step will show, and
 * what {@link Targets} fix for a task under {@code fixed}.
 *
 * @param cell one step of time
 * @param targets how targets are told
 * @param shuffled whether items are gone through in random order, for support sets whose items stand class by class
 * @param queryWeight weight of the questions' loss, beside the loss met on the way; 0 in print
 * @param readout how the layer that answers starts
 * @param fixedOutputs whether tasks can have no more classes than in meta-training
 * @param dtype of all numbers
 */
public record SequenceNetwork(
        RecurrentCell cell,
        Targets targets,
        boolean shuffled,
        double queryWeight,
        LstmStart readout,
        boolean fixedOutputs,
        DType dtype)
        implements SequenceLearner, Servable<Sequences> {
    private static final String CELL = "cell";
    private static final String READOUT = "readout";
    private static final String TOLD = "told";
    private static final String FIXED = "fixed";
    private static final String THETA = "theta";
    private static final String STATE = "state";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.builder()
                .put(CELL, cell.init(rng, dtype))
                .put(READOUT, readout.readout(rng, dtype, cell.units(), targets.outputs()))
                .build();
    }

    @Override
    public Params begin(Params theta, Sequences tasks, StepContext context) {
        return Params.builder()
                .put(CELL, cell.start(theta.child(CELL), tasks.size()))
                .put(
                        TOLD,
                        Tensors.zeros(dtype, tasks.size(), 1, targets.told())
                                .to(tasks.items().device()))
                .put(
                        FIXED,
                        targets.begin(tasks, context, dtype).to(tasks.items().device()))
                .build();
    }

    @Override
    public Step step(Params theta, Params phi, Sequences tasks, StepContext context) {
        Tensor x = item(tasks.items(), context);
        Tensor y = item(tasks.answers(), context);
        Params fixed = phi.child(FIXED);
        Params state = next(theta, phi, x);
        Tensor loss = targets.losses(fixed, outputs(theta, state), y).div(tasks.length());
        Params after = Params.builder()
                .put(CELL, state)
                .put(TOLD, targets.tell(fixed, y, dtype))
                .put(FIXED, fixed)
                .build();
        return new Step(after, loss);
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

    /** The cell's state after inputs x [tasks, 1, features...]. */
    private Params next(Params theta, Params phi, Tensor x) {
        Tensor input = Functional.vectors(x).to(dtype);
        return cell.step(theta.child(CELL), phi.child(CELL), Tensors.cat(List.of(input, phi.get(TOLD)), 2));
    }

    private static Tensor outputs(Params theta, Params state) {
        return Linear.apply(theta.child(READOUT), state.get(RecurrentCell.ACTIVITY));
    }

    /** The questions' share; the rest has been met on the way. @throws IllegalArgumentException if questions have a weight, but there are none */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Sequences tasks, StepContext context) {
        if (queryWeight == 0) {
            return Tensors.zeros(dtype, tasks.size()).to(tasks.items().device());
        }
        Sequences.Questions questions = tasks.questions()
                .orElseThrow(() -> new OptionsException(
                        "query-weight is " + queryWeight + ", but these sequences have no queries; expected 0"));
        Tensor asked = putOut(theta, phi, questions.items(), context);
        return targets.losses(phi.child(FIXED), asked, questions.answers()).mul(queryWeight);
    }

    @Override
    public Tensor ask(Params theta, Params phi, Tensor x, Sequences tasks, StepContext context) {
        return targets.answers(phi.child(FIXED), putOut(theta, phi, x, context));
    }

    /** What the network puts out for inputs [tasks, n, features...], each as if it came next, [tasks, n, outputs]. */
    Tensor putOut(Params theta, Params phi, Tensor x, StepContext context) {
        int tasks = (int) x.size(0);
        int n = (int) x.size(1);
        Params asked = context.task().ownTheta() && n > 1 ? theta.repeatEach(n) : theta;
        Params state = phi.filter(name -> !name.startsWith(FIXED));
        Params copies = n > 1 ? state.repeatEach(n) : state;
        return outputs(asked, next(asked, copies, x.reshape((long) tasks * n, 1, -1)))
                .reshape(tasks, n, -1);
    }

    /** In one pass: what is asked of an item is what the network puts out as it takes the item in. */
    @Override
    public Tensor answers(Params theta, Sequences tasks, TaskContext context) {
        List<Tensor> answers = new ArrayList<>();
        try (Rolling phi = new Rolling(begin(theta, tasks, context.at(0, false)))) {
            for (int t = 0; t < tasks.length(); t++) {
                // A step's own tensors go with it, unless they are part of a graph.
                try (Scope s = Scope.open()) {
                    Params next =
                            step(theta, phi.get(), tasks, context.at(t, false)).state();
                    answers.add(s.keep(targets.answers(next.child(FIXED), outputs(theta, next.child(CELL)))));
                    phi.next(s, next);
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
        int n = (int) x.size(0);
        Params state = solution.child(STATE).expand(n);
        Params theta = solution.child(THETA);
        Tensor outputs = outputs(theta, next(theta, state, x.reshape(n, 1, -1)));
        return targets.answers(state.child(FIXED), outputs).squeeze(1);
    }
}
