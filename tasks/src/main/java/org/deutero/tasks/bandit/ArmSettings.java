package org.deutero.tasks.bandit;

import java.util.List;
import java.util.TreeMap;
import org.deutero.options.Options;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/** Sources of bandits that are played for a lifetime. Decisions are measured as they are made. */
public final class ArmSettings {
    private ArmSettings() {}

    /** Reads the keys of Bernoulli bandits, which may have other numbers of arms in meta-training. */
    public static WorldSettings bernoulli(Options o) {
        int arms = o.integer("arms", 5, 2, 10_000, "arms of a bandit");
        int rounds = rounds(o, 50);
        List<Integer> trainArms = o.integers(
                "train-arms", List.of(arms), 2, 10_000, "the same in meta-training, one of these in every shard");
        int trainRounds = o.integer("train-rounds", rounds, 1, 1_000_000, "the same in meta-training");
        return settings(arms, new BernoulliArms(trainArms, trainRounds), new BernoulliArms(List.of(arms), rounds));
    }

    private static int rounds(Options o, int standard) {
        return o.integer("rounds", standard, 1, 1_000_000, "rounds of a lifetime");
    }

    private static WorldSettings settings(int arms, TaskSource<Worlds> train, TaskSource<Worlds> judged) {
        WorldShape shape = new WorldShape(1, new Actions.Discrete(arms), 1);
        return new WorldSettings(shape, true, train, judged, new TreeMap<>());
    }
}
