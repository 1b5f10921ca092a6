package org.deutero.experiment;

import java.util.Optional;
import org.deutero.learn.capability.OptimizerLearner;
import org.deutero.learn.meta.MetaState;
import org.deutero.serve.OptimizerDescription;
import org.deutero.serve.TrainedOptimizer;

/** A state of meta-training as an optimiser that other training can use. */
final class ServableOptimizer {
    private ServableOptimizer() {}

    /** Whether what an experiment learns is an optimiser. */
    static boolean isOne(Experiment e) {
        return e.joint().learner().as(OptimizerLearner.class).isPresent();
    }

    static TrainedOptimizer of(Experiment e, MetaState state) {
        OptimizerDescription description = new OptimizerDescription(
                e.method().name(),
                ServableLearner.section(e, "method"),
                ServableLearner.provenance(e, Optional.empty(), state));
        return TrainedOptimizer.of(description, state.theta());
    }
}
