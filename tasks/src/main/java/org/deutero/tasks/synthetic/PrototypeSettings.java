package org.deutero.tasks.synthetic;

import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.ArraySize.Factor;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Classes around random prototypes.
 *
 * @param tasks to train, validate and test on
 */
public record PrototypeSettings(NoisyPrototypes tasks) implements TaskSettings {
    /** Reads the keys. */
    public static PrototypeSettings of(Options o) {
        NoisyPrototypes tasks = new NoisyPrototypes(
                o.integer("features", 16, 1, 1_000_000, "numbers in an input"),
                o.integer("way", 3, 2, 10_000, "classes in a task"),
                o.integer("shot", 5, 1, 10_000, "how often a class appears"),
                o.integer("queries", 1, 1, 10_000, "points of each class to be judged on afterwards"),
                o.number("deviation", 0.15, 0, 1e6, "of points around their prototype, which has length 2"));
        Factor features = new Factor("features", tasks.features());
        Factor way = new Factor("way", tasks.way());
        ArraySize.check(o, "a task", way, new Factor("shot", tasks.shot()), features);
        ArraySize.check(o, "a task", way, new Factor("queries", tasks.queries()), features);
        return new PrototypeSettings(tasks);
    }

    @Override
    public TaskShape shape() {
        return TaskShape.classes(tasks.features(), tasks.way());
    }

    @Override
    public int trainWay() {
        return tasks.way();
    }

    @Override
    public int supportSize() {
        return tasks.way() * tasks.shot();
    }

    @Override
    public int convenientShard() {
        return 50;
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
