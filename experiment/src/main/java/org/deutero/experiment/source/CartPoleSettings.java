package org.deutero.experiment.source;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.learn.evaluate.Measure;
import org.deutero.methods.TaskShape;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.control.CartPole;
import org.deutero.tasks.control.Lives;
import org.deutero.tasks.files.LoadListener;

/**
 * Lives on a pole on a cart.
 *
 * @param tasks to train, validate and test on
 */
record CartPoleSettings(Lives tasks) implements TaskSettings {
    static CartPoleSettings of(Options o) {
        return new CartPoleSettings(new Lives(
                new CartPole(o.integer("horizon", 200, 1, 1_000_000, "steps of a life at most")),
                o.choice("polarity", Lives.Polarity.BOTH, "which lives have their two actions swapped")));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.lives(tasks.environment());
    }

    @Override
    public int trainWay() {
        return 0;
    }

    @Override
    public int supportSize() {
        return 2;
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
    public Measure<Episodes> regressionMeasure() {
        return Measure.RETURN;
    }

    /** Where both polarities are met, each by itself. */
    @Override
    public SortedMap<String, TaskSource<Episodes>> kinds() {
        SortedMap<String, TaskSource<Episodes>> kinds = new TreeMap<>();
        if (tasks.polarity() == Lives.Polarity.BOTH) {
            kinds.put("normal", new Lives(tasks.environment(), Lives.Polarity.NORMAL));
            kinds.put("swapped", new Lives(tasks.environment(), Lives.Polarity.SWAPPED));
        }
        return kinds;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        return new TaskSet(tasks, Optional.of(tasks), tasks, tasks, Optional.empty());
    }
}
