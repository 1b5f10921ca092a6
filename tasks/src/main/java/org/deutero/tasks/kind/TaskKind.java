package org.deutero.tasks.kind;

import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/**
 * What a task is: a method says which kinds it learns, a source which kinds it gives, and a recipe joins a method and a source that have one in common.
 *
 * @param name in sentences, in the plural
 * @param batch of such tasks
 * @param shape what a learner must know of such tasks before it sees any
 * @param <T> the batch
 * @param <S> what a learner must know
 */
public record TaskKind<T extends TaskBatch<T>, S>(String name, Class<T> batch, Class<S> shape) {
    /** A support set to learn from and a query set to be judged on. */
    public static final TaskKind<Episodes, TaskShape> EPISODES =
            new TaskKind<>("episodes", Episodes.class, TaskShape.class);

    /** Items in order, answered before their answers are told. */
    public static final TaskKind<Sequences, TaskShape> SEQUENCES =
            new TaskKind<>("sequences", Sequences.class, TaskShape.class);

    /** Worlds to act in. */
    public static final TaskKind<Worlds, WorldShape> WORLDS = new TaskKind<>("worlds", Worlds.class, WorldShape.class);

    /** Training problems. */
    public static final TaskKind<Problems, ProblemShape> PROBLEMS =
            new TaskKind<>("problems", Problems.class, ProblemShape.class);

    @Override
    public String toString() {
        return name;
    }
}
