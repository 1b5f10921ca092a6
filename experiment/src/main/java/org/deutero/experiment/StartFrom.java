package org.deutero.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.deutero.learn.Predictor;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.LevelReplay;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;

/**
 * Training that starts from something else than what is drawn, and goes on as it would.
 *
 * @param algorithm how training goes on
 * @param change makes the first state of the one that is drawn, which it leaves open
 * @param <T> tasks in a batch
 */
record StartFrom<T extends TaskBatch<T>>(MetaAlgorithm<T> algorithm, UnaryOperator<MetaState> change)
        implements MetaAlgorithm<T> {
    /** Slots that are made of meta-parameters, such as the mean of a population, would go on from other ones. */
    static void requireNothingElse(String key, MetaState drawn) {
        boolean blank =
                drawn.slots().values().stream().allMatch(t -> t.abs().sum().item() == 0);
        boolean carries = drawn.carry().size() > LevelReplay.seed(drawn.carry()).size();
        if (!blank || carries) {
            throw new OptionsException(key
                    + " needs a meta-optimiser that starts from nothing but the meta-parameters, such as adam or sgd");
        }
    }

    @Override
    public MetaState init(RandomGenerator rng) {
        try (MetaState drawn = algorithm.init(rng)) {
            return change.apply(drawn);
        }
    }

    @Override
    public long drawnAt(MetaState state, int shard) {
        return algorithm.drawnAt(state, shard);
    }

    @Override
    public Contribution contribute(MetaState state, int shard, T tasks, long seed) {
        return algorithm.contribute(state, shard, tasks, seed);
    }

    @Override
    public int portions(MetaState state) {
        return algorithm.portions(state);
    }

    @Override
    public Contribution contribute(MetaState state, int shard, int portion, T tasks, long seed) {
        return algorithm.contribute(state, shard, portion, tasks, seed);
    }

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        return algorithm.update(state, shards);
    }

    @Override
    public Optional<String> finished(MetaState state) {
        return algorithm.finished(state);
    }

    @Override
    public Predictor<T> learner() {
        return algorithm.learner();
    }

    @Override
    public String estimator() {
        return algorithm.estimator();
    }
}
