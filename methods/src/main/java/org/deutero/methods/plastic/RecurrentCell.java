package org.deutero.methods.plastic;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.Course;

/** A recurrent layer with fast changing connections: one step of time for every task. Pure; parameters are shared or each task's own. */
public interface RecurrentCell {
    /** Name of the activity [tasks, 1, units] in a state. */
    String ACTIVITY = "activity";

    /** Numbers in an input. */
    int inputs();

    /** Units. */
    int units();

    /** Fresh parameters. */
    Params init(RandomGenerator rng, DType dtype);

    /** The state before any input: silence, and no traces. */
    Params start(Params theta, int tasks);

    /**
     * The state after one more input.
     *
     * @param theta as {@link #init} makes them, or with a leading task dimension
     * @param state {@link #ACTIVITY} and whatever else the cell keeps, [tasks, ...]
     * @param input [tasks, 1, inputs]
     */
    Params step(Params theta, Params state, Tensor input);

    /**
     * Activities over a whole course of time, from the start. Equal to steps, up to rounding; cells that can do more at once do.
     *
     * @param theta as {@link #init} makes them
     * @param inputs [n, time, inputs]
     * @param keep 0 at moments before which the state begins anew, 1 elsewhere, [n, time]; null for a course of one piece
     * @return [n, time, units]
     */
    default Tensor sequence(Params theta, Tensor inputs, Tensor keep) {
        Params start = start(theta, (int) inputs.size(0));
        Params state = start;
        List<Tensor> activities = new ArrayList<>();
        List<Tensor> moments = inputs.unbind(1);
        for (int t = 0; t < moments.size(); t++) {
            Params before = keep == null ? state : begunAnew(start, state, keep.select(1, t));
            state = step(theta, before, moments.get(t).unsqueeze(1));
            activities.add(state.get(ACTIVITY));
        }
        return Tensors.cat(activities, 1);
    }

    /** The same, to go back over to the parameters. */
    default Course course(Params theta, Tensor inputs, Tensor keep) {
        Params leaf = theta.leaf();
        return Course.of(leaf, sequence(leaf, inputs, keep));
    }

    /**
     * Of each task the state, or the start.
     *
     * @param keep 1 for the state, 0 for the start, [n]
     */
    static Params begunAnew(Params start, Params state, Tensor keep) {
        return start.add(state.sub(start).mulPerTask(keep));
    }
}
