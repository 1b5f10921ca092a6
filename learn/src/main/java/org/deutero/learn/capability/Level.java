package org.deutero.learn.capability;

import java.util.function.Predicate;
import org.deutero.learn.Learner;
import org.deutero.tasks.TaskBatch;

/**
 * One level of a {@link LevelledLearner}: what it lowers, and by moving what.
 *
 * @param name in diagnostics and checkpoints, without dots
 * @param learner whose meta-loss the level lowers, on the whole theta; differs from those of other levels in the meta-loss
 * @param moves names of the meta-parameters that it moves; all others are constants to it
 * @param pace factor on the meta-optimiser's rate
 * @param <T> tasks in a batch
 */
public record Level<T extends TaskBatch<T>>(String name, Learner<T> learner, Predicate<String> moves, double pace) {
    /** Checks name and pace. */
    public Level {
        if (name.isEmpty() || name.contains(".")) {
            throw new IllegalArgumentException("a level needs a name without dots, not \"" + name + "\"");
        }
        if (!(pace > 0)) {
            throw new IllegalArgumentException("the pace of level " + name + " must be positive, not " + pace);
        }
    }

    /** A level that moves at the meta-optimiser's own rate. */
    public Level(String name, Learner<T> learner, Predicate<String> moves) {
        this(name, learner, moves, 1);
    }
}
