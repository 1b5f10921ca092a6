package org.deutero.tasks.synthetic;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.ArraySize.Factor;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Random inputs and targets.
 *
 * @param tasks to train, validate and test on
 */
public record PairSettings(NormalPairs tasks) implements TaskSettings {
    /** Reads the keys. */
    public static PairSettings of(Options o) {
        NormalPairs tasks = new NormalPairs(
                o.integer("inputs", 1, 1, 1_000_000, "numbers in an input"),
                o.integer("outputs", 1, 1, 1_000_000, "numbers in a target"),
                o.integer("support", 3, 1, 10_000_000, "pairs of a stream"),
                o.integer("queries", 1, 1, 1_000_000, "pairs to be judged on afterwards"));
        for (Factor points : List.of(new Factor("support", tasks.support()), new Factor("queries", tasks.query()))) {
            ArraySize.check(o, "a task", points, new Factor("inputs", tasks.inputs()));
            ArraySize.check(o, "a task", points, new Factor("outputs", tasks.outputs()));
        }
        return new PairSettings(tasks);
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.regression(tasks.inputs(), tasks.outputs());
    }

    @Override
    public int trainWay() {
        return 0;
    }

    @Override
    public int supportSize() {
        return tasks.support();
    }

    @Override
    public int convenientShard() {
        return 256;
    }

    @Override
    public int examples() {
        return 0;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        return new TaskSet(tasks, Optional.of(tasks), tasks, tasks, Optional.empty());
    }
}
