package org.deutero.learn.meta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Capability;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.Level;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Optimizer;

/**
 * Online bilevel optimisation: in every iteration the hyper-parameters take a step along an estimated hyper-gradient, and the model takes a step of its training; in the order that the {@link BilevelLearner} says.
 *
 * <p>Both see the same tasks; each half of an iteration is a round of shards. Between the two the iteration's number stays, and the state carries that the other half is due. The loss and the gradient norm of an iteration are those of its first half; both halves tell theirs as diagnostics.
 * Running statistics follow what the model's own step observes, not what estimators look at.
 *
 * @param learner what is trained
 * @param metaGradient how the hyper-gradient is estimated
 * @param optimizer how hyper-parameters move that have no rule of their own
 * @param <T> tasks in a batch
 */
public record BilevelMetaAlgorithm<T extends TaskBatch<T>>(
        BilevelLearner<T> learner, MetaGradient metaGradient, MetaOptimizer optimizer) implements MetaAlgorithm<T> {
    private static final String MODEL = BilevelLearner.MODEL;
    private static final String HYPER = "hyper";
    private static final String HALF = "half";

    /** Refuses a learner that the estimator cannot serve. */
    public BilevelMetaAlgorithm {
        metaGradient.require(learner);
    }

    /** The learner as its hyper-parameters see it: its theta are they alone, the model's weights are constants. */
    public static <T extends TaskBatch<T>> Predictor<T> hyperPart(BilevelLearner<T> learner, Params theta) {
        Level<T> level = new Level<>(HYPER, learner, name -> !BilevelLearner.isModel(name));
        Optional<Predictor<T>> part = Capability.of(new PartLearner<>(level, theta), Predictor.class);
        return part.orElseThrow();
    }

    private static Params hyper(Params theta) {
        return theta.filter(name -> !BilevelLearner.isModel(name));
    }

    @Override
    public MetaState init(RandomGenerator rng) {
        try (Scope s = Scope.open()) {
            Params theta = learner.metaParameters(rng);
            Params.Builder slots = Params.builder()
                    .put(MODEL, learner.modelTraining().rule().init(theta.child(MODEL)))
                    .put(HYPER, optimizer.init(followers(hyper(theta))));
            learner.ownTraining()
                    .forEach((name, own) -> slots.put(name, own.rule().init(theta.child(name))));
            return new MetaState(0, theta, slots.build(), learner.statistics(theta)).keep(s);
        }
    }

    /** The hyper-parameters that the recipe's optimiser moves. */
    private Params followers(Params tree) {
        return tree.filter(
                name -> learner.ownTraining().keySet().stream().noneMatch(group -> name.startsWith(group + ".")));
    }

    /** Whether the round at hand is the model's; a learner without hyper-parameters has no other. */
    private boolean modelsTurn(MetaState state) {
        boolean first = state.carry().isEmpty();
        return hyper(state.theta()).isEmpty() || first == learner.modelFirst();
    }

    private boolean isLast(MetaState state) {
        return hyper(state.theta()).isEmpty() || !state.carry().isEmpty();
    }

    @Override
    public Contribution contribute(MetaState state, int shard, T tasks, long seed) {
        try (Scope s = Scope.open()) {
            ShardWork work = new ShardWork(s, state, seed);
            if (modelsTurn(state)) {
                return work.contribution(tasks.size(), training(work, state.theta(), tasks), Params.EMPTY)
                        .keep(s);
            }
            Estimate estimate = metaGradient.estimate(
                    work.lifetime(hyperPart(learner, state.theta()), hyper(state.theta()), tasks));
            Contribution all = work.contribution(tasks.size(), estimate, Params.EMPTY);
            return new Contribution(all.tasks(), all.loss(), all.values().filter(name -> !name.startsWith("observed.")))
                    .keep(s);
        }
    }

    /** The training loss and its gradient by the weights, which all tasks share. */
    private Estimate training(ShardWork work, Params theta, T tasks) {
        // A step number of its own: what is drawn by chance is not what the hyper-gradient saw.
        StepContext context = work.context().at(1, false);
        Params weights = theta.child(MODEL).expand(tasks.size());
        InnerGradient own = InnerGradient.of(
                (constants, w) -> learner.trainingLoss(constants, w, tasks, context), theta, weights, context);
        return new Estimate(own.losses(), own.gradient().map(g -> g.sum(0)));
    }

    /** Refuses, in the first iteration, an estimator that takes the step as a constant, through which alone most hyper-parameters act: no shard then has a gradient. */
    private void requireReach(MetaState state, List<Contribution> shards) {
        if (state.iteration() == 0
                && shards.stream().allMatch(shard -> gradient(shard).norm() == 0)) {
            throw new OptionsException("meta-gradient " + estimator() + " would leave all of "
                    + String.join(", ", gradient(shards.get(0)).names())
                    + " untrained: it does not see how they act on the step of the model; expected one that"
                    + " does, such as unroll, sweep or evograd");
        }
    }

    private static Params gradient(Contribution shard) {
        return shard.values().child("gradient");
    }

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            boolean model = modelsTurn(state);
            if (!model) {
                requireReach(state, shards);
            }
            Params part = model ? state.theta().child(MODEL) : hyper(state.theta());
            MetaOptimizer half = model ? rule(MODEL, learner.modelTraining()) : new ByGroup();
            MetaUpdate update = new MetaUpdate(
                    half,
                    moved -> model ? moved : hyper(learner.project(state.theta().with(moved))));
            Outcome outcome =
                    update.apply(new MetaState(state.iteration(), part, state.slots(), state.statistics()), shards);
            MetaState after = outcome.state();
            boolean last = isLast(state);
            MetaState next = new MetaState(
                    state.iteration() + (last ? 1 : 0),
                    state.theta().with(model ? after.theta().under(MODEL) : after.theta()),
                    after.slots(),
                    after.statistics(),
                    last ? Params.EMPTY : Params.of(HALF, Tensor.of(new long[] {1}, 1)));
            Map<String, Double> diagnostics = new LinkedHashMap<>(outcome.diagnostics());
            diagnostics.put(model ? "training-loss" : "held-out-loss", outcome.loss());
            diagnostics.put(model ? "training-gradient-norm" : "hyper-gradient-norm", outcome.gradientNorm());
            return new Outcome(next.detach().keep(s), outcome.loss(), outcome.gradientNorm(), diagnostics);
        }
    }

    /** A rule on its own slots among those of all. */
    private static MetaOptimizer rule(String group, ModelTraining training) {
        return new MetaOptimizer() {
            @Override
            public Params init(Params theta) {
                return training.rule().init(theta).under(group);
            }

            @Override
            public Update update(Params gradient, Params slots, Params theta, long iteration) {
                Optimizer.Update moved = training.update(gradient, slots.child(group), theta, iteration);
                return new Update(moved.params(), slots.with(moved.state().under(group)));
            }
        };
    }

    /** Hyper-parameters by the recipe's optimiser, except for groups with a rule of their own. */
    private final class ByGroup implements MetaOptimizer {
        @Override
        public Params init(Params theta) {
            throw new IllegalStateException("slots of all groups are made at once");
        }

        @Override
        public Update update(Params gradient, Params slots, Params theta, long iteration) {
            Update common = optimizer.update(followers(gradient), slots.child(HYPER), followers(theta), iteration);
            Params moved = theta.with(common.theta());
            Params all = slots.with(common.slots().under(HYPER));
            for (Map.Entry<String, ModelTraining> own : learner.ownTraining().entrySet()) {
                String group = own.getKey();
                Update of =
                        rule(group, own.getValue()).update(gradient.child(group), all, theta.child(group), iteration);
                moved = moved.with(of.theta().under(group));
                all = of.slots();
            }
            return new Update(moved, all);
        }
    }

    @Override
    public String estimator() {
        return metaGradient.name();
    }
}
