package org.deutero.tasks.source;

import java.util.List;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.files.LoadListener;

/** A source that gives one kind of tasks, and no episodes. Whatever asks for episodes all the same is refused. */
public interface OtherSettings<T extends TaskBatch<T>, S> extends TaskSettings, Offer<T, S> {
    @Override
    default List<Offer<?, ?>> offers() {
        return List.of(this);
    }

    @Override
    default boolean givesEpisodes() {
        return false;
    }

    @Override
    default String describe() {
        return kind() + ": " + task();
    }

    @Override
    default TaskShape shape() {
        throw new OptionsException("tasks are " + kind() + ", but this is for episodes, which have queries");
    }

    @Override
    default int trainWay() {
        return 0;
    }

    @Override
    default int supportSize() {
        return 0;
    }

    @Override
    default int convenientShard() {
        return 100;
    }

    @Override
    default TaskSet load(LoadListener listener) {
        shape();
        throw new IllegalStateException("unreachable");
    }
}
