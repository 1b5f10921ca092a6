package org.deutero.tasks.bandit;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/**
 * Bandits whose actions are vectors, to be played for a lifetime.
 *
 * @param train lifetimes to meta-train on
 * @param test lifetimes to validate and test on
 */
public record ContinuousBanditSettings(ContinuousBandits train, ContinuousBandits test)
        implements OtherSettings<Worlds, WorldShape> {
    /** Reads the keys. */
    public static ContinuousBanditSettings of(Options o) {
        int observations = o.integer("observations", 2, 1, 10_000, "numbers of a context");
        int numbers = o.integer("numbers", 2, 1, 10_000, "numbers of an action");
        double noise = o.number("noise", 0.1, 0, 1e9, "deviation of rewards");
        int copies = o.integer("copies", 32, 1, 10_000, "lives of a lifetime, side by side");
        int steps = o.integer("steps", 2000, 1, 1_000_000, "steps of a lifetime");
        int trainSteps = o.integer("train-steps", steps, 1, 1_000_000, "the same in meta-training");
        return new ContinuousBanditSettings(
                new ContinuousBandits(observations, numbers, noise, copies, trainSteps),
                new ContinuousBandits(observations, numbers, noise, copies, steps));
    }

    @Override
    public TaskKind<Worlds, WorldShape> kind() {
        return TaskKind.WORLDS;
    }

    @Override
    public WorldShape task() {
        return ContinuousBandit.shape(test.observations(), test.numbers());
    }

    @Override
    public List<String> measures() {
        return List.of("expected-reward", "return");
    }

    @Override
    public Tasks<Worlds> tasks(Optional<TaskSet> none, LoadListener listener) {
        return Tasks.of(train, test);
    }
}
