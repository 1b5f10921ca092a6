package org.deutero.tasks.sequence;

import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;

/**
 * Episodes as sequences: support sets are told in the order in which they stand.
 *
 * @param source of the episodes
 * @param asking whether their queries are questions of the sequences, or else left out
 */
public record SupportSets(TaskSource<Episodes> source, boolean asking) implements TaskSource<Sequences> {
    @Override
    public TaskSource<Sequences> at(long iteration) {
        return new SupportSets(source.at(iteration), asking);
    }

    @Override
    public Sequences sample(int tasks, RandomGenerator rng) {
        Sequences sequences = Sequences.of(source.sample(tasks, rng));
        return asking ? sequences : sequences.withoutQuestions();
    }
}
