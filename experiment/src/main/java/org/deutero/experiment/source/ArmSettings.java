package org.deutero.experiment.source;

import java.util.List;
import java.util.Optional;
import org.deutero.learn.evaluate.Measure;
import org.deutero.methods.TaskShape;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.synthetic.BernoulliArms;

/**
 * Bernoulli bandits, to be played for a lifetime.
 *
 * @param train bandits of meta-training
 * @param test bandits to validate and test on, with one number of arms
 */
record ArmSettings(BernoulliArms train, BernoulliArms test) implements TaskSettings {
    static ArmSettings of(Options o) {
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
    public TaskShape shape() {
        return TaskShape.regression(1, test.arms().get(0));
    }

    @Override
    public int trainWay() {
        return 0;
    }

    @Override
    public int supportSize() {
        return test.rounds();
    }

    @Override
    public int convenientShard() {
        return 100;
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public Measure<Episodes> regressionMeasure() {
        return Measure.REWARD;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        return new TaskSet(train, Optional.of(test), test, test, Optional.empty());
    }

    @Override
    public int examples() {
        return 0;
    }
}
