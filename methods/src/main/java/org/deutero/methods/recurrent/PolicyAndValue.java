package org.deutero.methods.recurrent;

import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.deutero.learn.action.ActionDistribution;
import org.deutero.learn.capability.PolicyLearner.Evaluated;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tasks.world.Actions;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.recurrent.Course;

/**
 * An actor and a critic on a recurrent cell (Duan et al. 2016, arXiv 1611.02779): with h_t the cell's activity [units], logits or means are W h_t + b, and the value is v'h_t + c, or the same of a second cell's activity. Deviations of vectors do not depend on the state.
 *
 * <p>Parameters: {@code cell}; {@code policy} with weight [actions or numbers, units] and bias; {@code value} with weight [1, units] and bias [1]; {@code value-cell} if there is one; for vectors {@code log-std} [numbers], 0 at the start. State: that of the cells under their names, [lives, ...].
 *
 * @param cell of the policy
 * @param valueCell of the value; empty if both read one cell
 * @param actions of the world
 * @param silentPolicy whether the policy's layer starts at zero, so that all choices are equally likely; else it starts by Glorot
 */
public record PolicyAndValue(
        RecurrentCell cell, Optional<RecurrentCell> valueCell, Actions actions, boolean silentPolicy) {
    private static final String CELL = "cell";
    private static final String VALUE_CELL = "value-cell";
    private static final String POLICY = "policy";
    private static final String VALUE = "value";
    private static final String LOG_STD = "log-std";

    /**
     * What comes of one moment of some lives.
     *
     * @param policy over actions [lives, 1, ..]
     * @param value [lives, 1]
     * @param state [lives, ...]
     */
    record Moment(ActionDistribution policy, Tensor value, Params state) {}

    Params init(RandomGenerator rng, DType dtype) {
        Params.Builder all = Params.builder()
                .put(CELL, cell.init(rng, dtype))
                .put(
                        POLICY,
                        new Linear(
                                        cell.units(),
                                        actions.outputs(),
                                        silentPolicy ? Initializer.ZEROS : Initializer.XAVIER_UNIFORM)
                                .init(rng, dtype))
                .put(VALUE, new Linear(valueCell.orElse(cell).units(), 1, Initializer.XAVIER_UNIFORM).init(rng, dtype));
        valueCell.ifPresent(own -> all.put(VALUE_CELL, own.init(rng, dtype)));
        if (actions instanceof Actions.Box) {
            all.put(LOG_STD, Tensors.zeros(dtype, actions.outputs()));
        }
        return all.build();
    }

    /** The state before any input, [lives, ...]. */
    Params start(Params theta, int lives) {
        Params state = cell.start(theta.child(CELL), lives).under(CELL);
        return valueCell
                .map(own -> state.with(own.start(theta.child(VALUE_CELL), lives).under(VALUE_CELL)))
                .orElse(state);
    }

    /**
     * One moment.
     *
     * @param theta shared, or each life's own
     * @param state [lives, ...]
     * @param input [lives, 1, inputs]
     */
    Moment step(Params theta, Params state, Tensor input) {
        Params next = cell.step(theta.child(CELL), state.child(CELL), input);
        Tensor activity = next.get(RecurrentCell.ACTIVITY);
        Params all = next.under(CELL);
        Tensor valued = activity;
        if (valueCell.isPresent()) {
            Params own = valueCell.get().step(theta.child(VALUE_CELL), state.child(VALUE_CELL), input);
            all = all.with(own.under(VALUE_CELL));
            valued = own.get(RecurrentCell.ACTIVITY);
        }
        Evaluated read = read(theta, activity, valued);
        return new Moment(read.policy(), read.value(), all);
    }

    private Evaluated read(Params theta, Tensor activity, Tensor valued) {
        Tensor outputs = Linear.apply(theta.child(POLICY), activity);
        Tensor logStd = null;
        if (actions instanceof Actions.Box) {
            Tensor own = theta.get(LOG_STD);
            logStd = own.rank() == 1 ? own : own.unsqueeze(1);
        }
        Tensor value = Linear.apply(theta.child(VALUE), valued).squeeze(2);
        return new Evaluated(ActionDistribution.of(actions, outputs, logStd), value);
    }

    /**
     * Whole courses of time from the start.
     *
     * @param inputs [lives, time, inputs]
     * @param keep 0 at moments before which the state begins anew, 1 elsewhere, [lives, time]; null for courses of one piece
     */
    Evaluated sequence(Params theta, Tensor inputs, Tensor keep) {
        Tensor activity = cell.sequence(theta.child(CELL), inputs, keep);
        Tensor valued = valueCell
                .map(own -> own.sequence(theta.child(VALUE_CELL), inputs, keep))
                .orElse(activity);
        return read(theta, activity, valued);
    }

    /**
     * The gradient of a loss on whole courses of time, a tree like theta.
     *
     * @param loss a scalar, made of what {@link #sequence} gives
     */
    Params gradient(Params theta, Tensor inputs, Tensor keep, Function<Evaluated, Tensor> loss) {
        Course course = cell.course(theta.child(CELL), inputs, keep);
        Params.Builder all = Params.builder()
                .put("", theta.filter(name -> !name.startsWith(CELL + ".") && !name.startsWith(VALUE_CELL + ".")))
                .put(CELL, course.activity());
        Optional<Course> valued = valueCell.map(own -> own.course(theta.child(VALUE_CELL), inputs, keep));
        valued.ifPresent(own -> all.put(VALUE_CELL, own.activity()));
        Params leaf = all.build().leaf();
        Tensor activity = leaf.get(CELL);
        Tensor sum = loss.apply(read(leaf, activity, valued.isPresent() ? leaf.get(VALUE_CELL) : activity));
        Params gradient = Autograd.gradient(sum, leaf, false);
        Params.Builder found = Params.builder()
                .put("", gradient.filter(name -> !name.equals(CELL) && !name.equals(VALUE_CELL)))
                .put(CELL, course.gradient(gradient.get(CELL)));
        valued.ifPresent(own -> found.put(VALUE_CELL, own.gradient(gradient.get(VALUE_CELL))));
        return found.build();
    }
}
