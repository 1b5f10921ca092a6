package org.deutero.learn.capability;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.deutero.learn.Learner;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Capabilities of a learner behind a {@link ForwardingLearner}: what the learner itself does is done by the one in front, what only the capability has by the one behind, under its own meta-parameters.
 */
final class ForwardedCapabilities {
    private ForwardedCapabilities() {}

    /** The capability, if the learner behind has it. @throws IllegalStateException if nobody has written how to forward it */
    static <T extends TaskBatch<T>> Optional<?> as(ForwardingLearner<T> front, Class<?> capability) {
        Optional<?> behind = front.inner().as(capability);
        return behind.map(able -> view(front, capability, able));
    }

    private static <T extends TaskBatch<T>> Object view(ForwardingLearner<T> front, Class<?> capability, Object able) {
        if (capability == Predictor.class) {
            return new Predicting<T, Predictor<T>>(front, cast(able));
        }
        if (capability == Servable.class) {
            return new Serving<T>(front, cast(able));
        }
        if (capability == ProbabilisticLearner.class) {
            return new Doubting<T>(front, cast(able));
        }
        if (capability == StructuredLearner.class) {
            return new Structured<T>(front, cast(able));
        }
        if (capability == LevelledLearner.class) {
            return new Levelled<T>(front, cast(able));
        }
        if (capability == BilevelLearner.class) {
            return new Bilevel<T>(front, cast(able));
        }
        if (capability == GradientLearner.class) {
            return new Descending<T, GradientLearner<T>>(front, cast(able));
        }
        if (capability == ExampleWeighting.class) {
            return new Weighting<T>(front, cast(able));
        }
        if (capability == ReversibleLearner.class) {
            return new Undoing<T>(front, cast(able));
        }
        if (capability == Agent.class) {
            return new Acting(cast(front), cast(able));
        }
        if (capability == PolicyLearner.class) {
            return new Deciding(cast(front), cast(able));
        }
        if (capability == AdaptivePolicy.class) {
            return new Practising(cast(front), cast(able));
        }
        if (capability == ProblemLearner.class) {
            return new Training(cast(front), cast(able));
        }
        if (capability == SequenceLearner.class) {
            return new Answering(cast(front), cast(able));
        }
        if (capability == Embedder.class) {
            Embedder embedder = cast(able);
            return (Embedder) (theta, statistics, x) -> embedder.embed(front.whole(theta, 0), statistics, x);
        }
        if (capability == ReadableRule.class) {
            ReadableRule rule = cast(able);
            return (ReadableRule) theta -> front.own(rule.genes(front.whole(theta, 0)));
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

    /** A learner before one with a capability. */
    private abstract static class View<T extends TaskBatch<T>, C> implements Learner<T> {
        final ForwardingLearner<T> front;
        final C able;

        View(ForwardingLearner<T> front, C able) {
            this.front = front;
            this.able = able;
        }

        final Params whole(Params theta, T tasks, StepContext context) {
            return front.whole(theta, tasks, context);
        }

        @Override
        public final <D> Optional<D> as(Class<D> capability) {
            return capability.isInstance(this) ? Optional.of(capability.cast(this)) : front.as(capability);
        }

        @Override
        public final Params metaParameters(RandomGenerator rng) {
            return front.metaParameters(rng);
        }

        @Override
        public final Params statistics() {
            return front.statistics();
        }

        @Override
        public final Params statistics(Params theta) {
            return front.statistics(theta);
        }

        @Override
        public final Params begin(Params theta, T tasks, StepContext context) {
            return front.begin(theta, tasks, context);
        }

        @Override
        public final Step step(Params theta, Params phi, T tasks, StepContext context) {
            return front.step(theta, phi, tasks, context);
        }

        @Override
        public final int steps(T tasks) {
            return front.steps(tasks);
        }

        @Override
        public final Tensor metaLoss(Params theta, Params phi, T tasks, StepContext context) {
            return front.metaLoss(theta, phi, tasks, context);
        }

        @Override
        public final Params project(Params theta) {
            return front.project(theta);
        }
    }

    private static class Predicting<T extends TaskBatch<T>, C extends Predictor<T>> extends View<T, C>
            implements Predictor<T> {
        Predicting(ForwardingLearner<T> front, C able) {
            super(front, able);
        }

        @Override
        public Tensor predict(Params theta, Params phi, T tasks, StepContext context) {
            return able.predict(whole(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public int evaluationSteps(T tasks) {
            return able.evaluationSteps(tasks);
        }
    }

    private static final class Serving<T extends TaskBatch<T>> extends Predicting<T, Servable<T>>
            implements Servable<T> {
        Serving(ForwardingLearner<T> front, Servable<T> able) {
            super(front, able);
        }

        @Override
        public Params solution(Params theta, Params phi, T tasks, StepContext context) {
            return able.solution(whole(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public Tensor answer(Params solution, Tensor x) {
            return able.answer(solution, x);
        }

        @Override
        public boolean fixedOutputs() {
            return able.fixedOutputs();
        }
    }

    private static final class Doubting<T extends TaskBatch<T>> extends Predicting<T, ProbabilisticLearner<T>>
            implements ProbabilisticLearner<T> {
        Doubting(ForwardingLearner<T> front, ProbabilisticLearner<T> able) {
            super(front, able);
        }

        @Override
        public Predictive predictive(Params theta, Params phi, T tasks, StepContext context) {
            return able.predictive(whole(theta, tasks, context), phi, tasks, context);
        }
    }

    private static final class Structured<T extends TaskBatch<T>> extends Predicting<T, StructuredLearner<T>>
            implements StructuredLearner<T> {
        Structured(ForwardingLearner<T> front, StructuredLearner<T> able) {
            super(front, able);
        }

        @Override
        public ActiveUnits activeUnits(Params theta, Params phi, T tasks, StepContext context) {
            return able.activeUnits(whole(theta, tasks, context), phi, tasks, context);
        }
    }

    private static final class Levelled<T extends TaskBatch<T>> extends Predicting<T, LevelledLearner<T>>
            implements LevelledLearner<T> {
        Levelled(ForwardingLearner<T> front, LevelledLearner<T> able) {
            super(front, able);
        }

        @Override
        public List<Level<T>> levels() {
            return able.levels();
        }
    }

    private static class Descending<T extends TaskBatch<T>, C extends GradientLearner<T>> extends View<T, C>
            implements GradientLearner<T> {
        Descending(ForwardingLearner<T> front, C able) {
            super(front, able);
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, T tasks, StepContext context) {
            return able.innerLoss(whole(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public Params weights(Params phi) {
            return able.weights(phi);
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, T tasks, StepContext context) {
            return able.update(whole(theta, tasks, context), phi, gradient, tasks, context);
        }

        @Override
        public Optional<LocalRule<T>> localRule() {
            return able.localRule()
                    .map(rule -> (theta, phi, tasks, context, strength) ->
                            rule.gradient(whole(theta, tasks, context), phi, tasks, context, strength));
        }
    }

    private static final class Bilevel<T extends TaskBatch<T>> extends Descending<T, BilevelLearner<T>>
            implements BilevelLearner<T> {
        Bilevel(ForwardingLearner<T> front, BilevelLearner<T> able) {
            super(front, able);
        }

        @Override
        public Tensor predict(Params theta, Params phi, T tasks, StepContext context) {
            return able.predict(whole(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public int evaluationSteps(T tasks) {
            return able.evaluationSteps(tasks);
        }

        @Override
        public ModelTraining modelTraining() {
            return able.modelTraining();
        }

        @Override
        public Map<String, ModelTraining> ownTraining() {
            return able.ownTraining();
        }

        @Override
        public boolean modelFirst() {
            return able.modelFirst();
        }
    }

    private static final class Weighting<T extends TaskBatch<T>> extends Descending<T, ExampleWeighting<T>>
            implements ExampleWeighting<T> {
        Weighting(ForwardingLearner<T> front, ExampleWeighting<T> able) {
            super(front, able);
        }

        @Override
        public Tensor exampleLosses(Params theta, Params phi, T tasks, StepContext context) {
            return able.exampleLosses(whole(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public Tensor exampleWeights(Params theta, Tensor losses, T tasks, StepContext context) {
            return able.exampleWeights(whole(theta, tasks, context), losses, tasks, context);
        }
    }

    private static final class Undoing<T extends TaskBatch<T>> extends Descending<T, ReversibleLearner<T>>
            implements ReversibleLearner<T> {
        Undoing(ForwardingLearner<T> front, ReversibleLearner<T> able) {
            super(front, able);
        }

        @Override
        public Optional<String> irreversible() {
            return able.irreversible();
        }

        @Override
        public Params undo(Params theta, Params after, T tasks, StepContext context) {
            return able.undo(whole(theta, tasks, context), after, tasks, context);
        }
    }

    private static final class Acting extends Predicting<Worlds, Agent> implements Agent {
        Acting(ForwardingLearner<Worlds> front, Agent able) {
            super(front, able);
        }
    }

    private static final class Deciding extends Predicting<Worlds, PolicyLearner> implements PolicyLearner {
        Deciding(ForwardingLearner<Worlds> front, PolicyLearner able) {
            super(front, able);
        }

        @Override
        public Params shown(Params phi, Worlds tasks, StepContext context) {
            return able.shown(phi, tasks, context);
        }

        @Override
        public Decision decide(Params theta, Params phi, Params shown, StepContext context) {
            return able.decide(front.whole(theta, context.task().ownTheta() ? lifetimes(phi) : 0), phi, shown, context);
        }

        /** Lives lead with the lifetime, as everything in a fast state does. */
        private static int lifetimes(Params phi) {
            return (int) Worlds.returns(Agent.lives(phi)).size(0);
        }

        @Override
        public Params after(Decision decision, Tensor action, Transition transition, Worlds tasks) {
            return able.after(decision, action, transition, tasks);
        }

        @Override
        public Evaluated evaluate(Params theta, Params shown) {
            return able.evaluate(front.whole(theta, 0), shown);
        }

        @Override
        public Params gradient(Params theta, Params shown, Function<Evaluated, Tensor> loss) {
            return front.own(able.gradient(front.whole(theta, 0), shown, loss));
        }

        @Override
        public Tensor act(Decision decision, StepContext context) {
            return able.act(decision, context);
        }
    }

    private static final class Practising extends Predicting<Worlds, AdaptivePolicy> implements AdaptivePolicy {
        Practising(ForwardingLearner<Worlds> front, AdaptivePolicy able) {
            super(front, able);
        }

        @Override
        public Tensor returns(Params theta, Params phi, Worlds tasks, StepContext context) {
            return able.returns(whole(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public Params experience(Params theta, Worlds tasks, StepContext context) {
            return able.experience(whole(theta, tasks, context), tasks, context);
        }

        @Override
        public Params relive(Params theta, Params experience, Worlds tasks, StepContext context) {
            return able.relive(whole(theta, tasks, context), experience, tasks, context);
        }

        @Override
        public Tensor surrogate(Params relived, Params experience, double clip) {
            return able.surrogate(relived, experience, clip);
        }

        @Override
        public Tensor divergence(Params relived, Params experience) {
            return able.divergence(relived, experience);
        }

        @Override
        public Tensor losses(Params experience) {
            return able.losses(experience);
        }
    }

    private static final class Training extends Predicting<Problems, ProblemLearner> implements ProblemLearner {
        Training(ForwardingLearner<Problems> front, ProblemLearner able) {
            super(front, able);
        }
    }

    private static final class Answering extends Predicting<Sequences, SequenceLearner> implements SequenceLearner {
        Answering(ForwardingLearner<Sequences> front, SequenceLearner able) {
            super(front, able);
        }

        @Override
        public Tensor ask(Params theta, Params phi, Tensor x, Sequences tasks, StepContext context) {
            return able.ask(whole(theta, tasks, context), phi, x, tasks, context);
        }

        @Override
        public Tensor answers(Params theta, Sequences tasks, TaskContext context) {
            return able.answers(front.whole(theta, context.ownTheta() ? tasks.size() : 0), tasks, context);
        }
    }
}
