package org.deutero.methods.bandit;

import java.util.Optional;
import org.deutero.learn.Seeds;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.bandit.BanditFamily;
import org.deutero.tasks.bandit.LoggedRounds;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tensor.DType;

/**
 * Rounds of wheel bandits, logged under a uniform policy, to meta-train on. Learners are measured by playing; see the {@code evaluation.online} section.
 *
 * @param shot rounds to learn from
 * @param queries rounds to be judged on
 * @param rewardScale factor on rewards
 * @param bandits number of bandits that training tasks are drawn from, 0 for a new one in every task
 * @param banditSeed of those bandits
 */
record BanditSettings(int shot, int queries, double rewardScale, int bandits, long banditSeed) implements TaskSettings {
    static BanditSettings of(Options o) {
        return new BanditSettings(
                o.integer("shot", 512, 1, 1_000_000, "rounds to learn from"),
                o.integer("queries", 50, 1, 1_000_000, "rounds to be judged on"),
                o.positive("reward-scale", 1, "factor on rewards"),
                o.integer("bandits", 0, 0, 1_000_000, "bandits to train on, 0 for a new one in every task"),
                o.longInteger("bandit-seed", 0, "seed of the bandits to train on, if their number is limited"));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.bandit(2, 5);
    }

    @Override
    public int trainWay() {
        return 0;
    }

    @Override
    public int supportSize() {
        return shot;
    }

    @Override
    public int convenientShard() {
        return 50;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        BanditFamily some = bandits == 0
                ? BanditFamily.WHEELS
                : BanditFamily.WHEELS.limited(bandits, Seeds.generator(banditSeed, "bandits"));
        TaskSource<Episodes> test = tasks(BanditFamily.WHEELS);
        return new TaskSet(tasks(some), Optional.of(test), test, test, Optional.empty());
    }

    private TaskSource<Episodes> tasks(BanditFamily family) {
        return new LoggedRounds(family, shot, queries, rewardScale, DType.FLOAT32);
    }
}
