package org.deutero.methods.mann;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.RandomOrder;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * A recurrent network that goes through a support set as a sequence and answers each item before it is told the item's target: the input at time t is [x_t, y_{t-1}], with y_0 = 0, and the output belongs to x_t (Hochreiter, Younger, Conwell 2001; Santoro et al. 2016). So a target has to be
 * bound to an input of one step ago. The meta-loss is the mean loss over all steps, the unavoidable errors at first sight included.
 *
 * <p>A step of learning is one item. Queries are asked each for itself, as if it came next. Meta-parameters: those of the cell under {@code cell}, and {@code readout}. Fast state: the cell's under {@code cell}, {@code told} [tasks, 1, numbers of a target], the target that the next step will show, and
 * what {@link Targets} fix for a task under {@code fixed}.
 *
 * @param cell one step of time
 * @param targets how targets are told
 * @param shuffled whether support sets are gone through in random order, for tasks whose items stand class by class
 * @param queryWeight weight of the queries' loss, beside the loss met on the way; 0 in print
 * @param fixedOutputs whether tasks can have no more classes than in meta-training
 * @param dtype of all numbers
 */
public record SequenceLearner(
        RecurrentCell cell, Targets targets, boolean shuffled, double queryWeight, boolean fixedOutputs, DType dtype)
        implements Servable<Episodes> {
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
                .put(READOUT, new Linear(cell.units(), targets.outputs(), Initializer.XAVIER_UNIFORM).init(rng, dtype))
                .build();
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return Params.builder()
                .put(CELL, cell.start(theta.child(CELL), tasks.size()))
                .put(
                        TOLD,
                        Tensors.zeros(dtype, tasks.size(), 1, targets.told())
                                .to(tasks.supportX().device()))
                .put(
                        FIXED,
                        targets.begin(tasks, context, dtype).to(tasks.supportX().device()))
                .build();
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor x = item(tasks.supportX(), context);
        Tensor y = item(tasks.supportY(), context);
        Params fixed = phi.child(FIXED);
        Params state = next(theta, phi, x);
        Tensor loss = targets.losses(fixed, outputs(theta, state), y).div(tasks.supportSize());
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

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    /** The queries' share; the rest has been met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (queryWeight == 0) {
            return Tensors.zeros(dtype, tasks.size()).to(tasks.supportX().device());
        }
        Tensor asked = ask(theta, phi, tasks.queryX(), context);
        return targets.losses(phi.child(FIXED), asked, tasks.queryY()).mul(queryWeight);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return targets.answers(phi.child(FIXED), ask(theta, phi, tasks.queryX(), context));
    }

    /** Answers for outputs [tasks, n, outputs]. */
    Tensor answers(Params phi, Tensor outputs) {
        return targets.answers(phi.child(FIXED), outputs);
    }

    /** What the network put out for the item that it took in last, [tasks, 1, outputs]. */
    Tensor said(Params theta, Params phi) {
        return outputs(theta, phi.child(CELL));
    }

    /** Outputs [tasks, n, outputs] for inputs [tasks, n, features...], of each as if it came next. */
    Tensor ask(Params theta, Params phi, Tensor x, StepContext context) {
        int tasks = (int) x.size(0);
        int n = (int) x.size(1);
        Params asked = context.task().ownTheta() && n > 1 ? theta.repeatEach(n) : theta;
        Params state = phi.filter(name -> !name.startsWith(FIXED));
        Params copies = n > 1 ? state.repeatEach(n) : state;
        return outputs(asked, next(asked, copies, x.reshape((long) tasks * n, 1, -1)))
                .reshape(tasks, n, -1);
    }

    /** The network, and its state after the support set. */
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
        Params state = solution.child(STATE).expand(n);
        Params theta = solution.child(THETA);
        Tensor outputs = outputs(theta, next(theta, state, x.reshape(n, 1, -1)));
        return targets.answers(state.child(FIXED), outputs).squeeze(1);
    }
}
