package org.deutero.learn.meta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deutero.learn.capability.Level;
import org.deutero.learn.capability.LevelledLearner;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Meta-training level by level: in every iteration the tasks are gone through once for each level, which moves its part of theta by its own slots of the
 * optimiser.
 *
 * <p>Between two levels the iteration's number stays, and the state carries the level that is next; a whole iteration leaves nothing behind. The loss and the
 * gradient norm of an iteration are those of its first level; the others tell theirs as diagnostics, {@code <level>-loss} and {@code <level>-gradient-norm}.
 * Running statistics follow what the first level observes: the others see the same tasks.
 *
 * @param learner what is meta-trained
 * @param metaGradient how the meta-gradient of a level is estimated
 * @param optimizer how meta-parameters move; each level has slots of its own
 * @param <T> tasks in a batch
 */
public record LevelledMetaAlgorithm<T extends TaskBatch<T>>(
        LevelledLearner<T> learner, MetaGradient metaGradient, MetaOptimizer optimizer) implements MetaAlgorithm<T> {
    private static final String LEVEL = "level";

    /** Refuses a learner that the estimator cannot serve. */
    public LevelledMetaAlgorithm {
        metaGradient.require(learner);
    }

    @Override
    public MetaState init(RandomGenerator rng) {
        try (Scope s = Scope.open()) {
            Params theta = learner.metaParameters(rng);
            requirePartition(theta);
            Params.Builder slots = Params.builder();
            for (Level<T> level : learner.levels()) {
                slots.put(level.name(), optimizer.init(theta.filter(level.moves())));
            }
            return new MetaState(0, theta, slots.build(), learner.statistics(theta)).keep(s);
        }
    }

    private void requirePartition(Params theta) {
        for (String name : theta.names()) {
            long movers =
                    learner.levels().stream().filter(l -> l.moves().test(name)).count();
            if (movers != 1) {
                throw new OptionsException(
                        "meta-parameter " + name + " is moved by " + movers + " levels of its learner, expected one");
            }
        }
    }

    private static int number(MetaState state) {
        return state.carry().isEmpty() ? 0 : (int) state.carry().get(LEVEL).longs()[0];
    }

    @Override
    public Contribution contribute(MetaState state, int shard, T tasks, long seed) {
        try (Scope s = Scope.open()) {
            int number = number(state);
            Level<T> level = learner.levels().get(number);
            ShardWork work = new ShardWork(s, state, seed);
            Estimate estimate = metaGradient.estimate(work.lifetime(
                    new PartLearner<>(level, state.theta()), state.theta().filter(level.moves()), tasks));
            Contribution all = work.contribution(tasks.size(), estimate, Params.EMPTY);
            Params values = number == 0 ? all.values() : all.values().filter(name -> !name.startsWith("observed."));
            return new Contribution(all.tasks(), all.loss(), values).keep(s);
        }
    }

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            int number = number(state);
            Level<T> level = learner.levels().get(number);
            Params theta = state.theta();
            MetaUpdate update = new MetaUpdate(
                    optimizer.paced(level.pace()),
                    part -> learner.project(theta.with(part)).filter(level.moves()));
            MetaState part = new MetaState(
                    state.iteration(),
                    theta.filter(level.moves()),
                    state.slots().child(level.name()),
                    state.statistics());
            Outcome outcome = update.apply(part, shards);
            boolean last = number + 1 == learner.levels().size();
            MetaState next = new MetaState(
                    state.iteration() + (last ? 1 : 0),
                    theta.with(outcome.state().theta()),
                    state.slots().with(outcome.state().slots().under(level.name())),
                    outcome.state().statistics(),
                    last ? Params.EMPTY : Params.of(LEVEL, Tensor.of(new long[] {number + 1}, 1)));
            return new Outcome(
                    next.detach().keep(s), outcome.loss(), outcome.gradientNorm(), diagnostics(number, level, outcome));
        }
    }

    private Map<String, Double> diagnostics(int number, Level<T> level, Outcome outcome) {
        Map<String, Double> all = new LinkedHashMap<>(outcome.diagnostics());
        if (number > 0) {
            all.put(level.name() + "-loss", outcome.loss());
            all.put(level.name() + "-gradient-norm", outcome.gradientNorm());
        }
        return all;
    }

    @Override
    public String estimator() {
        return metaGradient.name();
    }
}
