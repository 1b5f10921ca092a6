package org.deutero.methods.weighting;

import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** Through which tensors of the model a meta-gradient passes. Gates change gradients, never the value of a step. */
public sealed interface Gate permits FixedGate, SampledGate {
    /** Parameters of the gate itself. */
    default Params init(RandomGenerator rng, Params model, DType dtype) {
        return Params.EMPTY;
    }

    /**
     * A gradient of the training loss behind the gate.
     *
     * @param gate its parameters, shared or leading with tasks
     * @param gradient of the model's tensors, [tasks, ...]
     */
    Passed pass(Params gate, Params gradient, StepContext context);

    /**
     * What is behind a gate.
     *
     * @param gradient of the same value
     * @param loss what the choice of gates costs, [tasks]; null for nothing
     */
    record Passed(Params gradient, Tensor loss) {}
}
