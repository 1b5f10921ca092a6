package org.deutero.methods.bandit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deutero.methods.bandit.ArmPosteriors.Prior;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;
import org.deutero.tensor.optim.RmsProp;

/**
 * NeuralLinear (Riquelme, Tucker, Snoek 2018, arXiv 1802.09127): Thompson sampling with Bayesian linear regression on the last hidden layer of a network, which is trained on mini-batches of the history
 * every so many rounds. The rate of its steps starts anew with each training.
 *
 * @param prior of the regression
 * @param hidden units of the hidden layers
 * @param every rounds between trainings
 * @param steps of a training
 * @param batch rounds in a step, drawn with replacement
 * @param rate of the first step; step t has rate / (1 + decay t)
 * @param decay of the rate
 * @param clip largest norm of a bandit's gradient
 */
record NeuralLinear(
        Prior prior, List<Integer> hidden, int every, int steps, int batch, double rate, double decay, double clip)
        implements Policy {
    /** The constants of smonsays/contrastive-meta-learning. */
    static NeuralLinear standard() {
        return new NeuralLinear(new Prior(23, 12, 30), List.of(100, 100), 20, 50, 512, 0.01, 0.5, 5);
    }

    @Override
    public String name() {
        return "neural-linear";
    }

    @Override
    public Player begin(Game game) {
        return new Learning(game);
    }

    private final class Learning implements Player {
        private static final Optimizer RULE = new RmsProp(0.9, 1e-8);

        private final Game game;
        private final int width = hidden.get(hidden.size() - 1);
        private final Mlp network;
        private final ArmPosteriors posteriors;
        private Params weights;
        private Params slots;

        Learning(Game game) {
            this.game = game;
            List<Integer> sizes = new ArrayList<>(List.of(game.features()));
            sizes.addAll(hidden);
            sizes.add(game.arms());
            this.network = Mlp.of(sizes.toArray(Integer[]::new));
            this.posteriors = new ArmPosteriors(game, width, prior);
            try (Scope s = Scope.open()) {
                List<Params> each = game.random().stream()
                        .map(rng -> network.init(rng, DType.FLOAT32))
                        .toList();
                Params.Builder all = Params.builder();
                for (String name : each.get(0).names()) {
                    all.put(
                            name,
                            Tensors.stack(each.stream().map(p -> p.get(name)).toList(), 0));
                }
                weights = s.keep(all.build());
                slots = s.keep(RULE.init(weights));
            }
        }

        @Override
        public int[] choose(double[][] contexts) {
            return posteriors.thompson(features(contexts));
        }

        private double[][] features(double[][] contexts) {
            try (Scope s = Scope.open()) {
                double[] all = features(History.inputs(contexts)).doubles();
                double[][] each = new double[contexts.length][];
                Arrays.setAll(each, b -> Arrays.copyOfRange(all, b * width, (b + 1) * width));
                return each;
            }
        }

        private Tensor features(Tensor inputs) {
            return GradMode.off(() -> network.features(weights, inputs, Normalization.batch()));
        }

        @Override
        public void learn() {
            int rounds = game.history().rounds();
            if (rounds % every != 0) {
                double[][] contexts = new double[game.bandits()][];
                Arrays.setAll(contexts, b -> game.history().context(b, rounds - 1));
                posteriors.observe(features(contexts));
                return;
            }
            Params oldWeights = weights;
            Params oldSlots = slots;
            try (Scope s = Scope.open()) {
                for (int t = 0; t < steps; t++) {
                    step(rate / (1 + decay * t));
                }
                s.keep(weights);
                s.keep(slots);
            }
            oldWeights.close();
            oldSlots.close();
            regress();
        }

        private void step(double size) {
            try (Scope s = Scope.open()) {
                Episodes rounds = game.history().sample(batch, game.random(), 1);
                Params gradient = GradMode.on(() -> {
                    Params at = weights.leaf();
                    Tensor losses =
                            Objective.PULLED_ARM.losses(network.apply(at, rounds.supportX()), rounds.supportY());
                    return Autograd.gradient(losses.sum(), at, false);
                });
                Tensor norms = gradient.dotPerTask(gradient).sqrt();
                Tensor factors = Tensors.full(clip, DType.FLOAT32, 1).div(norms.clamp(clip, Float.MAX_VALUE));
                Optimizer.Update update =
                        RULE.update(gradient.mulPerTask(factors), slots, weights, Rates.constant(size), 0);
                weights = s.keep(update.params().detach());
                slots = s.keep(update.state().detach());
            }
        }

        /** The regression on all rounds under the network as it is now. */
        private void regress() {
            try (Scope s = Scope.open()) {
                Episodes all = game.history().all(1);
                Tensor x = features(all.supportX()).to(DType.FLOAT64);
                Tensor arms = all.supportY().slice(2, 0, 1).to(DType.FLOAT64);
                Tensor y = all.supportY().slice(2, 1, 2).to(DType.FLOAT64);
                for (int a = 0; a < game.arms(); a++) {
                    Tensor pulled = arms.eq(Tensors.full(a, DType.FLOAT64, 1)).to(DType.FLOAT64);
                    Tensor own = x.mul(pulled).transpose(1, 2);
                    double[] gram = own.matmul(x).doubles();
                    double[] xy = own.matmul(y).doubles();
                    double[] yy = y.square().mul(pulled).sum(1, 2).doubles();
                    double[] n = pulled.sum(1, 2).doubles();
                    for (int b = 0; b < game.bandits(); b++) {
                        posteriors
                                .of(b, a)
                                .replace(
                                        Arrays.copyOfRange(gram, b * width * width, (b + 1) * width * width),
                                        Arrays.copyOfRange(xy, b * width, (b + 1) * width),
                                        yy[b],
                                        (int) n[b]);
                    }
                }
            }
        }
    }
}
