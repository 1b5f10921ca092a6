package org.deutero.learn.capability;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.learn.meta.LevelledMetaAlgorithm;
import org.deutero.tasks.TaskBatch;

/**
 * A learner whose meta-parameters have more than one meta-loss: levels that are updated one after the other within a meta-iteration, on the same
 * tasks, each on the theta that the level before has left.
 *
 * <p>{@link LevelledMetaAlgorithm} trains it. What the learner itself calls its meta-loss is for whoever looks at it as a whole, such as a check of gradients.
 *
 * @param <T> tasks in a batch
 */
public interface LevelledLearner<T extends TaskBatch<T>> extends Predictor<T> {
    /** The levels in the order of their updates; every meta-parameter is moved by exactly one of them. */
    List<Level<T>> levels();
}
