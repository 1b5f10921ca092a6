package org.deutero.learn.meta;

import java.util.Optional;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.ForwardingLearner;
import org.deutero.learn.capability.Level;
import org.deutero.learn.capability.LevelledLearner;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * A learner of which only a part of theta is meta-learned: its theta is that part, the rest is constant. So an estimator differentiates with respect to
 * the part alone, whatever estimator it is.
 */
final class PartLearner<T extends TaskBatch<T>> extends ForwardingLearner<T> {
    private final Level<T> level;
    private final Params rest;

    /**
     * The learner of a level.
     *
     * @param theta all meta-parameters
     */
    PartLearner(Level<T> level, Params theta) {
        super(level.learner());
        this.level = level;
        this.rest = theta.filter(level.moves().negate());
    }

    /** All that the level's learner can do, except to have levels, or a model beside hyper-parameters: the part that is moved has none. */
    @Override
    public <C> Optional<C> as(Class<C> capability) {
        return capability == LevelledLearner.class || capability == BilevelLearner.class
                ? Optional.empty()
                : super.as(capability);
    }

    /** With the rest in the shape that the part has. */
    @Override
    protected Params whole(Params part, int tasks) {
        return (tasks > 0 ? rest.expand(tasks) : rest).with(part);
    }

    @Override
    protected Params own(Params whole) {
        return whole.filter(level.moves());
    }
}
