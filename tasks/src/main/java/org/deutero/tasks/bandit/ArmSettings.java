package org.deutero.tasks.bandit;

import java.util.List;
import java.util.TreeMap;
import org.deutero.options.Options;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.ArraySize.Factor;
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
        fit(o, "rounds", rounds, "arms", arms);
        fit(
                o,
                "train-rounds",
                trainRounds,
                "train-arms",
                trainArms.stream().mapToInt(n -> n).max().orElse(0));
        return settings(arms, new BernoulliArms(trainArms, trainRounds), new BernoulliArms(List.of(arms), rounds));
    }

    /** Reads the keys of Gaussian bandits. */
    public static WorldSettings gaussian(Options o) {
        int arms = o.integer("arms", 5, 2, 10_000, "arms of a bandit");
        return settings(o, 500, new GaussianArms(arms, deviation(o)));
    }

    /** Reads the keys of linear bandits. */
    public static WorldSettings linear(Options o) {
        int arms = o.integer("arms", 10, 2, 10_000, "arms of a bandit");
        int dimensions = o.integer("dimensions", 2, 1, 10_000, "features of an arm");
        long seed = o.longInteger("arm-seed", 0, "from which the features of arms are drawn, the same for all bandits");
        return settings(o, 200, LinearArms.drawn(arms, dimensions, deviation(o), seed));
    }

    /** Reads the keys of two arms whose probabilities hang together. */
    public static WorldSettings dependent(Options o) {
        TwoArms family = o.choice("family", TwoArms.MEDIUM, "how the probabilities of the two arms hang together");
        TwoArms train = o.choice("train-family", family, "the same in meta-training");
        boolean ordered = o.flag("better-first", false, "whether the first arm is the better one in every lifetime");
        int rounds = rounds(o, 100);
        return settings(
                2,
                new ArmLifetimes(ordered ? new BetterFirst(train) : train, rounds),
                new ArmLifetimes(ordered ? new BetterFirst(family) : family, rounds));
    }

    /** Reads the keys of eleven arms, one of which tells which is best. */
    public static WorldSettings informative(Options o) {
        return settings(o, 5, new InformativeArm());
    }

    private static double deviation(Options o) {
        return o.number("deviation", 0.3, 0, Double.MAX_VALUE, "standard deviation of what an arm pays");
    }

    private static WorldSettings settings(Options o, int rounds, ArmFamily family) {
        int played = rounds(o, rounds);
        fit(o, "rounds", played, "arms", family.arms());
        ArmLifetimes lifetimes = new ArmLifetimes(family, played);
        return settings(family.arms(), lifetimes, lifetimes);
    }

    private static void fit(Options o, String rounds, int time, String arms, int number) {
        ArraySize.check(o, "the luck of a lifetime", new Factor(rounds, time), new Factor(arms, number));
    }

    private static int rounds(Options o, int standard) {
        return o.integer("rounds", standard, 1, 1_000_000, "rounds of a lifetime");
    }

    private static WorldSettings settings(int arms, TaskSource<Worlds> train, TaskSource<Worlds> judged) {
        WorldShape shape = new WorldShape(1, new Actions.Discrete(arms), 1);
        return new WorldSettings(shape, true, train, judged, new TreeMap<>());
    }
}
