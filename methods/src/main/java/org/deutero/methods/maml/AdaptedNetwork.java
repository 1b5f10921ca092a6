package org.deutero.methods.maml;

import java.util.Optional;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A learner that ends with weights of each task's own for one network: however they came about, they are used as {@link Maml}'s are. */
public interface AdaptedNetwork extends GradientLearner<Episodes>, Servable<Episodes>, FixedFunction {
    /** MAML with this network and loss. */
    Maml maml();

    @Override
    default Params weights(Params phi) {
        return maml().weights(phi);
    }

    @Override
    default Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return maml().predict(theta, phi, tasks, context);
    }

    @Override
    default Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return maml().solution(theta, phi, tasks, context);
    }

    @Override
    default Tensor answer(Params solution, Tensor x) {
        return maml().answer(solution, x);
    }

    @Override
    default Optional<FrozenNetwork> frozen(Params solution) {
        return maml().frozen(solution);
    }

    @Override
    default boolean fixedOutputs() {
        return true;
    }
}
