package org.deutero.tasks.sequence;

import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;

/**
 * The support sets of a source of episodes as sequences.
 *
 * @param source of the episodes, whose support sets stand in the order in which they are told
 */
public record SupportSets(TaskSource<Episodes> source) implements TaskSource<Sequences> {
    @Override
    public Sequences sample(int tasks, RandomGenerator rng) {
        return Sequences.of(source.sample(tasks, rng));
    }
}
