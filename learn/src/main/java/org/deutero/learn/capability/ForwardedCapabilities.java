package org.deutero.learn.capability;

import java.util.Arrays;
import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * Capabilities of a learner behind a {@link ForwardingLearner}: what the learner itself does is done by the one in front, what only the capability has by the one behind, under its own meta-parameters.
 */
final class ForwardedCapabilities {
    private ForwardedCapabilities() {}

    /** The capability, if the learner behind has it. @throws IllegalStateException if nobody has written how to forward it */
    static <T extends TaskBatch<T>> Optional<?> as(ForwardingLearner<T> front, Class<?> capability) {
        if (capability == DenseLearner.class) {
            // Derivatives by theta have the names of the one behind; only a graph knows how those came from the one in
            // front.
            return Optional.empty();
        }
        Optional<?> behind = front.inner().as(capability);
        return behind.map(able -> view(front, capability, able));
    }

    private static <T extends TaskBatch<T>> Object view(ForwardingLearner<T> front, Class<?> capability, Object able) {
        if (capability == Predictor.class) {
            return new ForwardedPredictor<T, Predictor<T>>(front, cast(able));
        }
        if (capability == Servable.class) {
            return new ForwardedAnswers.Serving<T>(front, cast(able));
        }
        if (capability == ProbabilisticLearner.class) {
            return new ForwardedAnswers.Doubting<T>(front, cast(able));
        }
        if (capability == StructuredLearner.class) {
            return new ForwardedAnswers.Structured<T>(front, cast(able));
        }
        if (capability == LevelledLearner.class) {
            return new ForwardedAnswers.Levelled<T>(front, cast(able));
        }
        if (capability == BilevelLearner.class) {
            return new ForwardedDescent.Bilevel<T>(front, cast(able));
        }
        if (capability == GradientLearner.class) {
            return new ForwardedDescent.Descending<T, GradientLearner<T>>(front, cast(able));
        }
        if (capability == ExampleWeighting.class) {
            return new ForwardedDescent.Weighting<T>(front, cast(able));
        }
        if (capability == ReversibleLearner.class) {
            return new ForwardedDescent.Undoing<T>(front, cast(able));
        }
        if (capability == Agent.class) {
            return new ForwardedPolicies.Acting(cast(front), cast(able));
        }
        if (capability == PolicyLearner.class) {
            return new ForwardedPolicies.Deciding(cast(front), cast(able));
        }
        if (capability == AdaptivePolicy.class) {
            return new ForwardedPolicies.Practising(cast(front), cast(able));
        }
        if (capability == ProblemLearner.class) {
            return new ForwardedTasks.Training(cast(front), cast(able));
        }
        if (capability == SequenceLearner.class) {
            return new ForwardedTasks.Answering(cast(front), cast(able));
        }
        if (capability == Embedder.class) {
            Embedder embedder = cast(able);
            return (Embedder) (theta, statistics, x) -> embedder.embed(front.whole(theta, 0), statistics, x);
        }
        if (capability == SeparableClasses.class || capability == FixedFunction.class) {
            return able; // their methods take solutions, which are those of the learner behind
        }
        if (capability == ReadableRule.class) {
            ReadableRule rule = cast(able);
            return (ReadableRule) theta -> front.own(rule.genes(front.whole(theta, 0)));
        }
        if (capability == OptimizerLearner.class) {
            OptimizerLearner learner = cast(able);
            return (OptimizerLearner) (theta, tasks) -> learner.optimizer(front.whole(theta, 0), tasks);
        }
        if (capability == StatewiseObjective.class) {
            StatewiseObjective objective = cast(able);
            return (StatewiseObjective) (theta, phi, tasks, lifetime, context) ->
                    objective.pushes(front.whole(theta, 0), phi, tasks, lifetime, context);
        }
        if (capability == LearnedStepSizes.class) {
            LearnedStepSizes sizes = cast(able);
            return (LearnedStepSizes) theta -> sizes.stepSizes(front.whole(theta, 0));
        }
        if (Arrays.stream(capability.getMethods())
                .noneMatch(m -> Arrays.asList(m.getParameterTypes()).contains(Params.class))) {
            return able;
        }
        throw new IllegalStateException("capability " + capability.getName()
                + " of a learner cannot be forwarded: its methods take meta-parameters, and nobody has written which");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the one behind has answered for this capability
    private static <C> C cast(Object able) {
        return (C) able;
    }
}
