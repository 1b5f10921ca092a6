package org.deutero.methods.bandit;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.meta.MetaState;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * A meta-learned learner that decides: greedily by the rewards it expects, or with probability epsilon at random. Every so many rounds it takes steps down its inner loss on mini-batches of the history; weights and
 * the optimiser's slots go on from one update to the next. Zucchet et al. 2022 (arXiv 2104.01677).
 *
 * @param name in results
 * @param learner of expected rewards
 * @param predictor the same learner
 * @param state its meta-parameters; must outlive the game
 * @param updates how it learns online
 * @param epsilon probability of an arm at random
 * @param rewardScale factor on rewards, as in meta-training
 */
public record LearnedPolicy(
        String name,
        GradientLearner<Episodes> learner,
        Predictor<Episodes> predictor,
        MetaState state,
        Updates updates,
        double epsilon,
        double rewardScale)
        implements Policy {
    /**
     * How a learner learns online.
     *
     * @param every rounds between updates
     * @param steps of an update
     * @param batch rounds in a step, drawn with replacement
     * @param optimizer rule of the steps
     * @param rate its step size
     */
    public record Updates(int every, int steps, int batch, Optimizer optimizer, double rate) {}

    /** Refuses a learner without an inner loss. */
    public static LearnedPolicy of(
            String name,
            Predictor<Episodes> learner,
            MetaState state,
            Updates updates,
            double epsilon,
            double rewardScale) {
        Optional<GradientLearner<Episodes>> descends = Capability.of(learner, GradientLearner.class);
        return new LearnedPolicy(
                name,
                descends.orElseThrow(
                        () -> new OptionsException("deciding online needs a learner that descends an inner loss")),
                learner,
                state,
                updates,
                epsilon,
                rewardScale);
    }

    @Override
    public Player begin(Game game) {
        return new Learning(game);
    }

    /** A learner at play. */
    final class Learning implements Player {
        private final Game game;
        private final StepContext at;
        private Params weights;
        private Params slots;
        private long step;

        Learning(Game game) {
            this.game = game;
            this.at = TaskContext.evaluation(game.seed(), state.statistics()).at(0, false);
            try (Scope s = Scope.open()) {
                Episodes blank = rounds(Tensors.zeros(DType.FLOAT32, game.bandits(), 1, game.features()));
                weights = s.keep(learner.weights(begin(blank)).copy());
                slots = s.keep(updates.optimizer().init(weights).copy());
            }
        }

        /** Contexts [bandits, n, features] as tasks without rewards. */
        private Episodes rounds(Tensor contexts) {
            Tensor unknown = Tensors.zeros(DType.FLOAT32, contexts.size(0), contexts.size(1), 2);
            return new Episodes(contexts, unknown, contexts, unknown, 0);
        }

        private Params begin(Episodes tasks) {
            return GradMode.off(() -> learner.begin(state.theta(), tasks, at));
        }

        @Override
        public int[] choose(double[][] contexts) {
            return game.best(expected(contexts), epsilon);
        }

        /** Scaled rewards that are expected, [bandits * arms]. */
        double[] expected(double[][] contexts) {
            try (Scope s = Scope.open()) {
                Episodes now = rounds(History.inputs(contexts));
                Params phi = begin(now).with(weights);
                return GradMode.off(() -> predictor.predict(state.theta(), phi, now, at))
                        .doubles();
            }
        }

        @Override
        public void learn() {
            if (game.history().rounds() % updates.every() != 0) {
                return;
            }
            Params oldWeights = weights;
            Params oldSlots = slots;
            try (Scope s = Scope.open()) {
                for (int k = 0; k < updates.steps(); k++) {
                    step();
                }
                s.keep(weights);
                s.keep(slots);
            }
            oldWeights.close();
            oldSlots.close();
        }

        private void step() {
            try (Scope s = Scope.open()) {
                Episodes batch = game.history().sample(updates.batch(), game.random(), rewardScale);
                // What is not weights, such as features of the support set, belongs to the batch.
                Params phi = begin(batch).with(weights);
                Params gradient = InnerGradient.of(
                                (theta, w) -> learner.innerLoss(theta, phi.with(w), batch, at),
                                state.theta(),
                                weights,
                                at)
                        .gradient();
                Optimizer.Update update =
                        updates.optimizer().update(gradient, slots, weights, Rates.constant(updates.rate()), step);
                weights = s.keep(update.params().detach());
                slots = s.keep(update.state().detach());
            }
            step++;
        }
    }
}
