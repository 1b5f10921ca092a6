package org.deutero.tasks.memory;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.ArraySize.Factor;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.SetSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Tasks of remembering what was shown.
 *
 * @param shape of the tasks
 * @param supportSize items shown
 * @param regressionMeasure of tasks without classes
 * @param train tasks to meta-train on
 * @param test tasks to validate and test on
 */
public record RecallSettings(
        TaskShape shape,
        int supportSize,
        String regressionMeasure,
        TaskSource<Episodes> train,
        TaskSource<Episodes> test)
        implements TaskSettings {
    private static final int MOST = 1_000_000;

    /** Pairs of symbols. */
    public static RecallSettings symbols(Options o) {
        int keys = o.integer("keys", 26, 1, MOST, "symbols to be keys");
        int values = o.integer("values", 10, 2, MOST, "symbols to be values");
        int pairs = o.integer("pairs", 3, 1, MOST, "pairs shown in a task");
        SymbolPairs tasks = SetSettings.checked(
                o,
                () -> new SymbolPairs(
                        keys,
                        values,
                        pairs,
                        o.flag("repeated-keys", false, "whether a key may come again, with another value"),
                        o.flag("repeated-values", true, "whether several pairs may have one value"),
                        o.integer("queries", 1, 1, MOST, "keys asked for in a task")),
                "keys",
                "values",
                "pairs");
        ArraySize.check(o, "a task", new Factor("pairs", pairs), new Factor("keys", keys));
        ArraySize.check(o, "a task", new Factor("queries", tasks.queries()), new Factor("keys", keys));
        return new RecallSettings(TaskShape.classes(keys, values), pairs, "mse", tasks, tasks);
    }

    /** Pairs of random bits. */
    public static RecallSettings pairs(Options o) {
        int cue = o.integer("cue", 16, 1, MOST, "bits of a cue");
        int content = o.integer("content", 16, 1, MOST, "bits of a content");
        int pairs = o.integer("pairs", 10, 1, MOST, "pairs of a task");
        int fewest = o.integer("train-fewest", pairs, 1, MOST, "the fewest pairs of a task in meta-training");
        int most = o.integer("train-most", pairs, 1, MOST, "the most pairs of a task in meta-training");
        int queries = o.integer("queries", pairs, 1, MOST, "cues asked for in a task");
        for (Factor shown :
                List.of(new Factor("pairs", pairs), new Factor("train-most", most), new Factor("queries", queries))) {
            ArraySize.check(o, "a task", shown, new Factor("cue", cue));
            ArraySize.check(o, "a task", shown, new Factor("content", content));
        }
        return new RecallSettings(
                TaskShape.regression(cue, content),
                pairs,
                "bit-error",
                SetSettings.checked(
                        o, () -> new BinaryPairs(cue, content, fewest, most, queries), "train-fewest", "train-most"),
                new BinaryPairs(cue, content, pairs, pairs, queries));
    }

    /** Patterns of random bits. */
    public static RecallSettings patterns(Options o) {
        BinaryPatterns tasks = new BinaryPatterns(
                o.integer("bits", 1000, 2, MOST, "bits of a pattern"),
                o.integer("patterns", 5, 1, MOST, "patterns of a task"),
                o.integer("shown", 6, 1, MOST, "steps for which a pattern stays"),
                o.integer("blank", 4, 0, MOST, "blank steps after a pattern"),
                o.integer("cycles", 2, 1, MOST, "times that all patterns are shown"));
        // The steps without a pattern are part of the course, too.
        ArraySize.check(
                o,
                "a task",
                new Factor("cycles", tasks.cycles()),
                new Factor("patterns", tasks.patterns()),
                new Factor("shown", tasks.shown()),
                new Factor("bits", tasks.bits()));
        ArraySize.check(
                o,
                "a task",
                new Factor("cycles", tasks.cycles()),
                new Factor("patterns", tasks.patterns()),
                new Factor("blank", tasks.blank()),
                new Factor("bits", tasks.bits()));
        TaskShape shape = TaskShape.regression(tasks.bits(), tasks.bits());
        return new RecallSettings(shape, tasks.steps(), "bit-error", tasks, tasks);
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
    }

    @Override
    public int trainWay() {
        return shape.classification() ? shape.outputs() : 0;
    }

    @Override
    public int convenientShard() {
        return 100;
    }

    @Override
    public int examples() {
        return 0;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        return new TaskSet(train, Optional.of(test), test, test, Optional.empty());
    }
}
