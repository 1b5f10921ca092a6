package org.deutero.tasks.problem;

import org.deutero.tasks.Chance;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Training problems of one form, each with data of its own: how weights start, and what they cost. Pure, and differentiable in the weights as often as its operations are. Its tasks are problems.
 *
 * <p>Weights are named tensors [tasks, ...]; whoever trains them needs to know nothing else of the network.
 */
public interface Problem extends TaskBatch<Problem> {
    /** Names and shapes of the weights of one task. */
    ProblemShape shape();

    /** The same in another floating-point type: data, and with them weights and losses. */
    Problem to(DType dtype);

    /** Weights before training, [tasks, ...]. */
    Params start(Chance chance);

    /**
     * The loss of a mini-batch, [tasks].
     *
     * @param weights of each task, [tasks, ...]
     * @param chance of the step, which fixes its mini-batch
     */
    Tensor loss(Params weights, Chance chance);

    /** The loss that training is meant to lower, on what it has not seen where there is such a thing, [tasks]. */
    Tensor heldOut(Params weights);
}
