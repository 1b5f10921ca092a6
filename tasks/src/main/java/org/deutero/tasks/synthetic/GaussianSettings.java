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
 * Normal classes, to be learned online.
 *
 * @param tasks to train, validate and test on
 */
public record GaussianSettings(GaussianClasses tasks) implements TaskSettings {
    /** Reads the keys. */
    public static GaussianSettings of(Options o) {
        GaussianClasses tasks = new GaussianClasses(
                o.integer("features", 8, 1, 1_000_000, "numbers in an input"),
                o.integer("way", 3, 2, 10_000, "classes in a task"),
                o.integer("support", 50, 1, 10_000_000, "points of a task's stream, to learn from"),
                o.integer("queries", 10, 1, 1_000_000, "points to be judged on afterwards"));
        Factor features = new Factor("features", tasks.features());
        ArraySize.check(o, "a task", new Factor("way", tasks.way()), features);
        ArraySize.check(o, "a task", new Factor("support", tasks.support()), features);
        ArraySize.check(o, "a task", new Factor("queries", tasks.query()), features);
        return new GaussianSettings(tasks);
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
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
        return tasks.support();
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
    public boolean streams() {
        return true;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        return new TaskSet(tasks, Optional.of(tasks), tasks, tasks, Optional.empty());
    }
}
