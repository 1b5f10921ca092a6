package org.deutero.tasks.disguise;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.disguise.Wardrobe.Rewards;
import org.deutero.tasks.source.SetSettings;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.world.Worlds;

/** Keys of any source of worlds by which its lifetimes are disguised. */
public final class DisguiseSettings {
    private static final String SCALES = "; a number for each that is seen";

    /** Which lifetimes something is done to. */
    private enum Where {
        /** None. */
        NONE,
        /** Those of validation and test. */
        TEST,
        /** All. */
        ALL
    }

    private DisguiseSettings() {}

    /**
     * Reads the keys. Where judged lifetimes are disguised in another way than those of meta-training, they are measured in the disguise of meta-training, too, as the part {@code plain}: what is seen is scaled and padded there as agents are used to, and only what they have never met is left out.
     */
    public static WorldSettings of(Options o, WorldSettings tasks) {
        List<Double> center = o.numbers("observation-center", List.of(), "subtracted from what is seen" + SCALES);
        List<Double> scale = o.numbers("observation-scale", List.of(), "factors on what is seen then" + SCALES);
        int extra = o.integer("extra-observations", 0, 0, 10_000, "numbers that are seen besides and mean nothing");
        boolean noise = o.flag("extra-noise", false, "whether these are N(0, 1) rather than 0");
        Where observations = o.choice(
                "shuffle-observations", Where.NONE, "which lifetimes show what is seen in an order of their own");
        Where actions = o.choice(
                "shuffle-actions",
                Where.NONE,
                "in which lifetimes actions do what others do, in an order of their own");
        Rewards rewards = o.choice("rewards", Rewards.KEPT, "what becomes of the sign of rewards in meta-training");
        Rewards judgedRewards = o.choice("test-rewards", rewards, "the same in validation and test");
        Wardrobe train =
                new Wardrobe(center, scale, extra, noise, observations == Where.ALL, actions == Where.ALL, rewards);
        Wardrobe judged = new Wardrobe(
                center, scale, extra, noise, observations != Where.NONE, actions != Where.NONE, judgedRewards);
        if (!train.empty() && tasks.train() instanceof BernoulliArms arms && !arms.alike()) {
            throw new OptionsException(o.path("train-arms") + " is " + arms.arms() + ", but lifetimes of meta-training"
                    + " are in a disguise of each one's own by " + o.path(train.key())
                    + " and must be of one size: expected a single number of arms");
        }
        SortedMap<String, TaskSource<Worlds>> parts = new TreeMap<>();
        tasks.parts().forEach((name, part) -> parts.put(name, disguised(part, judged)));
        if (!judged.equals(train)) {
            parts.put("plain", disguised(tasks.judged(), train));
        }
        return SetSettings.checked(
                o,
                () -> new WorldSettings(
                        judged.shape(tasks.task()),
                        tasks.foreseen(),
                        disguised(tasks.train(), train),
                        disguised(tasks.judged(), judged),
                        parts));
    }

    private static TaskSource<Worlds> disguised(TaskSource<Worlds> source, Wardrobe wardrobe) {
        return wardrobe.empty() ? source : new Disguises(source, wardrobe);
    }
}
