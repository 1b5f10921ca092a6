package org.deutero.learn.capability;

import org.deutero.learn.Capability;
import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Optimizer;

/** A learner whose meta-parameters are a rule of descent for weights of any names and shapes, which other training can use. */
@FunctionalInterface
public interface OptimizerLearner extends Capability {
    /**
     * The rule, with meta-parameters as constants.
     *
     * @param theta as meta-training left them
     * @param tasks whether the tensors that it moves lead with a task dimension, each task by itself; otherwise they are those of one training
     */
    Optimizer optimizer(Params theta, boolean tasks);
}
