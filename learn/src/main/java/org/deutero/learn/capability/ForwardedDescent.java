package org.deutero.learn.capability;

import java.util.Map;
import java.util.Optional;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** Learners that follow gradients, before others. */
final class ForwardedDescent {
    private ForwardedDescent() {}

    static class Descending<T extends TaskBatch<T>, C extends GradientLearner<T>> extends ForwardedView<T, C>
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
        public double pull(StepContext context) {
            return able.pull(context);
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

    static final class Bilevel<T extends TaskBatch<T>> extends Descending<T, BilevelLearner<T>>
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
        public Tensor trainingLoss(Params theta, Params phi, T tasks, StepContext context) {
            return able.trainingLoss(whole(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public double innerRate(long iteration) {
            return able.innerRate(iteration);
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

    static final class Weighting<T extends TaskBatch<T>> extends Descending<T, ExampleWeighting<T>>
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

    static final class Undoing<T extends TaskBatch<T>> extends Descending<T, ReversibleLearner<T>>
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
}
