package org.deutero.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.experiment.base.UserException;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.LevelReplay;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.options.OptionsException;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * Training that starts from what another learner has learned: meta-parameters and running statistics of the same names, such as those of an encoder trained by ordinary classification, begin with its values, all others as they would. The weights of a {@link BilevelLearner}'s model go by their
 * names in the model.
 *
 * @param algorithm how training goes on
 * @param from a learner as the command line names it
 * @param <T> tasks in a batch
 */
record WarmStart<T extends TaskBatch<T>>(MetaAlgorithm<T> algorithm, String from) implements MetaAlgorithm<T> {
    private static final String KEY = "training.warm-start";
    private static final String MODEL = BilevelLearner.MODEL + ".";

    @Override
    public MetaState init(RandomGenerator rng) {
        try (Scope s = Scope.open();
                MetaState cold = algorithm.init(rng);
                TrainedLearner trained = opened()) {
            requireNothingElse(cold);
            return trained.read((theta, statistics) -> {
                Params warm = taken(cold.theta(), theta);
                if (warm.isEmpty()) {
                    throw new OptionsException(
                            KEY + ": " + from + " has " + String.join(", ", theta.names()) + ", none of which is among "
                                    + String.join(", ", cold.theta().names()));
                }
                return new MetaState(
                                cold.iteration(),
                                cold.theta().with(warm).detach().copy(),
                                cold.slots().detach().copy(),
                                cold.statistics()
                                        .with(taken(cold.statistics(), statistics))
                                        .detach()
                                        .copy(),
                                cold.carry().detach().copy())
                        .keep(s);
            });
        }
    }

    private TrainedLearner opened() {
        try {
            return LearnerSource.open(from);
        } catch (UserException e) {
            throw new OptionsException(KEY + ": " + e.getMessage(), e);
        }
    }

    /** Slots that are made of meta-parameters, such as the mean of a population, would go on from other ones. */
    private static void requireNothingElse(MetaState cold) {
        boolean blank =
                cold.slots().values().stream().allMatch(t -> t.abs().sum().item() == 0);
        boolean carries = cold.carry().size() > LevelReplay.seed(cold.carry()).size();
        if (!blank || carries) {
            throw new OptionsException(KEY
                    + " needs a meta-optimiser that starts from nothing but the meta-parameters, such as adam or sgd");
        }
    }

    /** The trained tensors that the tree has places for, by the names of the tree. */
    private Params taken(Params tree, Params trained) {
        Params.Builder taken = Params.builder();
        for (String name : tree.names()) {
            for (String known : List.of(name, name.startsWith(MODEL) ? name.substring(MODEL.length()) : MODEL + name)) {
                if (!trained.has(known)) {
                    continue;
                }
                String found = Arrays.toString(trained.get(known).shape());
                String wanted = Arrays.toString(tree.get(name).shape());
                if (!found.equals(wanted)) {
                    throw new OptionsException(
                            KEY + ": " + known + " of " + from + " is " + found + " where " + wanted + " is needed");
                }
                taken.put(name, trained.get(known).to(tree.get(name).dtype()));
                break;
            }
        }
        return taken.build();
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
