package org.deutero.learn.capability;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner that trains the weights of problems. It keeps them in its fast state under {@link #WEIGHTS}; a step of learning is a step of training. Unless it says otherwise, meta-learning lowers the held-out loss of the weights that it ends with.
 *
 * <p>What it predicts is how well it stands: the held-out loss, [tasks, 1, 1].
 */
public interface ProblemLearner extends Predictor<Problems> {
    /** Where the weights are in the fast state. */
    String WEIGHTS = "weights";

    /** The weights in a fast state. */
    static Params trained(Params phi) {
        return phi.child(WEIGHTS);
    }

    @Override
    default int steps(Problems tasks) {
        return tasks.steps();
    }

    @Override
    default Tensor metaLoss(Params theta, Params phi, Problems tasks, StepContext context) {
        return tasks.heldOut(trained(phi));
    }

    @Override
    default Tensor predict(Params theta, Params phi, Problems tasks, StepContext context) {
        return tasks.heldOut(trained(phi)).unsqueeze(1).unsqueeze(1);
    }
}
