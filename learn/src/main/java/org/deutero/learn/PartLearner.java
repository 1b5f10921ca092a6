package org.deutero.learn;

import java.util.random.RandomGenerator;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner of which only a part of theta is meta-learned: its theta is that part, the rest is constant. So an estimator differentiates with respect to
 * the part alone, whatever estimator it is.
 */
class PartLearner<T extends TaskBatch<T>> implements Learner<T> {
    private final Learner<T> whole;
    private final Level<T> level;
    private final Params rest;

    private PartLearner(Level<T> level, Params rest) {
        this.whole = level.learner();
        this.level = level;
        this.rest = rest;
    }

    /**
     * The learner of a level.
     *
     * @param theta all meta-parameters
     */
    static <T extends TaskBatch<T>> PartLearner<T> of(Level<T> level, Params theta) {
        Params rest = theta.filter(level.moves().negate());
        return level.learner() instanceof GradientLearner<T> g
                ? new Descending<>(level, g, rest)
                : new PartLearner<>(level, rest);
    }

    /** All meta-parameters, with the rest in the shape that the part has. */
    final Params all(Params part, int tasks, TaskContext context) {
        return (context.ownTheta() ? rest.expand(tasks) : rest).with(part);
    }

    final Params all(Params part, T tasks, StepContext context) {
        return all(part, tasks.size(), context.task());
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return whole.metaParameters(rng).filter(level.moves());
    }

    @Override
    public Params statistics() {
        return whole.statistics();
    }

    @Override
    public Params begin(Params theta, T tasks, StepContext context) {
        return whole.begin(all(theta, tasks, context), tasks, context);
    }

    @Override
    public Step step(Params theta, Params phi, T tasks, StepContext context) {
        return whole.step(all(theta, tasks, context), phi, tasks, context);
    }

    @Override
    public int steps(T tasks) {
        return whole.steps(tasks);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, T tasks, StepContext context) {
        return whole.metaLoss(all(theta, tasks, context), phi, tasks, context);
    }

    /** A part of a learner that follows the gradient of an inner loss follows it, too. */
    private static final class Descending<T extends TaskBatch<T>> extends PartLearner<T> implements GradientLearner<T> {
        private final GradientLearner<T> learner;

        private Descending(Level<T> level, GradientLearner<T> learner, Params rest) {
            super(level, rest);
            this.learner = learner;
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, T tasks, StepContext context) {
            return learner.innerLoss(all(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public Params weights(Params phi) {
            return learner.weights(phi);
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, T tasks, StepContext context) {
            return learner.update(all(theta, tasks, context), phi, gradient, tasks, context);
        }

        @Override
        public Step step(Params theta, Params phi, T tasks, StepContext context) {
            return learner.step(all(theta, tasks, context), phi, tasks, context);
        }
    }
}
