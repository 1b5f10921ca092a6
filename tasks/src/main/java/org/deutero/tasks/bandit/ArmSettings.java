package org.deutero.tasks.bandit;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/**
 * Bernoulli bandits, to be played for a lifetime.
 *
 * @param train bandits of meta-training
 * @param test bandits to validate and test on, with one number of arms
 */
public record ArmSettings(BernoulliArms train, BernoulliArms test) implements OtherSettings<Worlds, WorldShape> {
    /** Reads the keys. */
    public static ArmSettings of(Options o) {
        int arms = o.integer("arms", 5, 2, 10_000, "arms of a bandit");
        int rounds = o.integer("rounds", 50, 1, 1_000_000, "rounds of a lifetime");
        return new ArmSettings(
                new BernoulliArms(
                        o.integers(
                                "train-arms",
                                List.of(arms),
                                2,
                                10_000,
                                "the same in meta-training, one of these in every shard"),
                        o.integer("train-rounds", rounds, 1, 1_000_000, "the same in meta-training")),
                new BernoulliArms(List.of(arms), rounds));
    }

    @Override
    public TaskKind<Worlds, WorldShape> kind() {
        return TaskKind.WORLDS;
    }

    @Override
    public WorldShape task() {
        return new WorldShape(1, new Actions.Discrete(test.arms().get(0)), 1);
    }

    /** Decisions are measured as they are made. */
    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public List<String> measures() {
        return List.of("reward", "regret", "return");
    }

    @Override
    public Tasks<Worlds> tasks(Optional<TaskSet> none, LoadListener listener) {
        return Tasks.of(train, test);
    }
}
