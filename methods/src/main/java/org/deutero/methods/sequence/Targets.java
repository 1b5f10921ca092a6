package org.deutero.methods.sequence;

import org.deutero.learn.StepContext;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** How targets are told to a network, and how it answers. */
public sealed interface Targets permits ClassCodes, Values, NormalValues {
    /** Numbers in which a target is told. */
    int told();

    /** Numbers that the network puts out. */
    int outputs();

    /** What is fixed for each task before its first item, [tasks, ...]; may be empty. */
    Params begin(Sequences tasks, StepContext context, DType dtype);

    /**
     * Targets as they are told.
     *
     * @param fixed what {@link #begin} made
     * @param y labels [tasks, n] or values [tasks, n, out]
     * @return [tasks, n, {@link #told}]
     */
    Tensor tell(Params fixed, Tensor y, DType dtype);

    /**
     * Mean loss over items, [tasks].
     *
     * @param outputs of the network, [tasks, n, {@link #outputs}]
     */
    Tensor losses(Params fixed, Tensor outputs, Tensor y);

    /** Answers to n questions: logits of classes [tasks, n, classes], or values [tasks, n, out]. */
    Tensor answers(Params fixed, Tensor outputs);
}
