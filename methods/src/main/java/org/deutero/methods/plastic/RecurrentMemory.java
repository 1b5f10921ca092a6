package org.deutero.methods.plastic;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * A recurrent network that meets a support set as a course of time and is asked afterwards. What it learns of a task is in its {@link RecurrentCell}'s state: activity, traces, fast weights. A step is one support item. Each query is asked
 * by itself, of the state after the support set, and the network stays plastic meanwhile.
 *
 * <p>Meta-parameters: those of the cell under {@code cell}, and {@code readout} if that is a layer.
 *
 * @param cell one step of time
 * @param presentation how items become steps of time
 * @param readout where answers are read
 * @param shape of the tasks
 * @param scale factor on all inputs; 20 in print for binary patterns
 * @param askedSteps steps for which the last token of a question stays
 * @param logitScale factor between activity, which is bounded, and logits, for answers read from units
 * @param dtype of all numbers
 */
public record RecurrentMemory(
        RecurrentCell cell,
        Presentation presentation,
        Readout readout,
        TaskShape shape,
        double scale,
        int askedSteps,
        double logitScale,
        DType dtype)
        implements Servable<Episodes> {
    private static final String CELL = "cell";
    private static final String READOUT = "readout";
    private static final String THETA = "theta";
    private static final String STATE = "state";

    /** Where answers are read. */
    public enum Readout {
        /** The units that are driven by targets. */
        UNITS,
        /** A linear layer on all units. */
        LINEAR
    }

    /** Refuses parts that do not fit together. */
    public RecurrentMemory {
        if (cell.inputs() != presentation.width(shape)) {
            throw new IllegalArgumentException("a cell with " + cell.inputs() + " inputs was given tokens of "
                    + presentation.width(shape) + " numbers");
        }
        if (presentation == Presentation.AUTO && shape.features() != shape.outputs()) {
            throw new IllegalArgumentException(
                    "presentation auto needs targets of the inputs' size, but tasks are " + shape);
        }
        if (readout == Readout.UNITS && cell.units() != cell.inputs()) {
            throw new IllegalArgumentException("answers can only be read from units that have an input each, but "
                    + cell.units() + " units have " + cell.inputs() + " inputs");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params theta = cell.init(rng, dtype).under(CELL);
        return readout == Readout.LINEAR
                ? theta.with(new Linear(cell.units(), shape.outputs(), Initializer.FAN_IN_UNIFORM)
                        .init(rng, dtype)
                        .under(READOUT))
                : theta;
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return cell.start(theta.child(CELL), tasks.size());
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params state = phi;
        for (Tensor token : presentation.item(tasks, context.step(), dtype)) {
            state = cell.step(theta.child(CELL), state, token.mul(scale));
        }
        return Step.of(state);
    }

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return shape.objective().losses(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        int n = tasks.querySize();
        Params asked = context.task().ownTheta() && n > 1 ? theta.repeatEach(n) : theta;
        Tensor x = tasks.queryX().reshape((long) tasks.size() * n, 1, -1);
        return ask(asked, n > 1 ? phi.repeatEach(n) : phi, x).reshape(tasks.size(), n, -1);
    }

    /** Answers [n, 1, outputs] to questions x [n, 1, features], of n states. */
    private Tensor ask(Params theta, Params phi, Tensor x) {
        Params state = phi;
        Tensor last = null;
        for (Tensor token : presentation.question(x.to(dtype), shape.outputs())) {
            last = token.mul(scale);
            state = cell.step(theta.child(CELL), state, last);
        }
        for (int i = 1; i < askedSteps; i++) {
            state = cell.step(theta.child(CELL), state, last);
        }
        Tensor activity = state.get(RecurrentCell.ACTIVITY);
        if (readout == Readout.LINEAR) {
            return Linear.apply(theta.child(READOUT), activity);
        }
        int from = presentation == Presentation.AUTO ? 0 : shape.features();
        Tensor answers = activity.slice(2, from, (long) from + shape.outputs());
        return shape.objective() == Objective.CROSS_ENTROPY ? answers.mul(logitScale) : answers;
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
        return ask(solution.child(THETA), state, x.reshape(n, 1, -1)).squeeze(1);
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
