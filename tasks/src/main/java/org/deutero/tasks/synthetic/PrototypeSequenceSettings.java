package org.deutero.tasks.synthetic;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.InRandomOrder;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.sequence.SupportSets;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;

/**
 * Noisy prototypes as sequences, without queries.
 *
 * @param prototypes the same as episodes, class by class
 */
public record PrototypeSequenceSettings(PrototypeSettings prototypes) implements OtherSettings<Sequences, TaskShape> {
    /** Reads the keys. */
    public static PrototypeSequenceSettings of(Options o) {
        return new PrototypeSequenceSettings(PrototypeSettings.of(o));
    }

    @Override
    public TaskKind<Sequences, TaskShape> kind() {
        return TaskKind.SEQUENCES;
    }

    @Override
    public TaskShape task() {
        return prototypes.shape();
    }

    @Override
    public int convenientShard() {
        return 16;
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public boolean sequences() {
        return true;
    }

    @Override
    public List<String> measures() {
        return List.of("accuracy", "cross-entropy");
    }

    @Override
    public Optional<Function<Sequences, int[][]>> instances() {
        return Optional.of(Sequences::instances);
    }

    @Override
    public Tasks<Sequences> tasks(Optional<TaskSet> none, LoadListener listener) {
        TaskSet set = prototypes.load(listener);
        return new Tasks<>(
                inOrder(set.train()),
                set.validation().map(PrototypeSequenceSettings::inOrder),
                inOrder(set.test()),
                new TreeMap<>());
    }

    private static TaskSource<Sequences> inOrder(TaskSource<Episodes> tasks) {
        return new SupportSets(new InRandomOrder(tasks), false);
    }
}
