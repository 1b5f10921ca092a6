package org.deutero.tasks.source;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.sequence.SupportSets;

/**
 * Episodes whose support items stand in an order in which they can be told, offered as sequences whose questions are the queries. They are measured as the episodes are.
 *
 * @param source of the episodes
 */
public record OrderedEpisodes(TaskSettings source) implements Offer<Sequences, TaskShape> {
    @Override
    public TaskKind<Sequences, TaskShape> kind() {
        return TaskKind.SEQUENCES;
    }

    @Override
    public TaskShape task() {
        return source.shape();
    }

    @Override
    public List<String> measures() {
        return source.shape().classification()
                ? List.of("accuracy", "cross-entropy", "half-squared-distance")
                : List.of(source.regressionMeasure(), "nll");
    }

    @Override
    public Optional<Function<Sequences, int[][]>> instances() {
        return source.shape().classification() ? Optional.of(Sequences::instances) : Optional.empty();
    }

    @Override
    public Tasks<Sequences> tasks(Optional<TaskSet> episodes, LoadListener listener) {
        TaskSet set = episodes.orElseGet(() -> source.load(listener));
        TreeMap<String, TaskSource<Sequences>> kinds = new TreeMap<>();
        source.kinds().forEach((name, tasks) -> kinds.put(name, sequences(tasks)));
        return new Tasks<>(
                sequences(set.train()), set.validation().map(OrderedEpisodes::sequences), sequences(set.test()), kinds);
    }

    private static TaskSource<Sequences> sequences(TaskSource<Episodes> tasks) {
        return new SupportSets(tasks, true);
    }
}
