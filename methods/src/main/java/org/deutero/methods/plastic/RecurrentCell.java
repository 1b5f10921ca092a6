package org.deutero.methods.plastic;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

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
}
