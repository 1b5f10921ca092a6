package org.deutero.app.run;

import java.util.Optional;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.options.Options;
import org.deutero.methods.TaskShape;
import org.deutero.tasks.Episodes;
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

    @Override
    public TaskSet load(LoadListener listener) {
        return new TaskSet(tasks, Optional.of(tasks), tasks, tasks, Optional.empty());
    }
}
