package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.FiniteDifference;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.BilevelMetaAlgorithm;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.GradientRule;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.PerWindow;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Schedule;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model and its hyper-parameters are trained side by side: each half by its own rule, on what the other has left. */
class BilevelTest {
    private static final double RATE = 0.1;
    private static final double MOMENTUM = 0.5;
    private static final double DECAY = 0.25;

    @TempDir
    Path folder;

    /** L = (w - mean y_support)^2 / 2 + exp(a) w^2 / 2 + b w, F = (w - mean y_query)^2 / 2; b moves by a rule of its own. */
    private record Pulled(boolean modelFirst, DType dtype) implements BilevelLearner<Episodes> {
        @Override
        public ModelTraining modelTraining() {
            return new ModelTraining(new Sgd(MOMENTUM, false), RATE, Schedule.stepDecay(0.5, 2), DECAY);
        }

        @Override
        public Map<String, ModelTraining> ownTraining() {
            return Map.of("push", ModelTraining.of(Sgd.PLAIN, 0.5));
        }

        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.builder()
                    .put("model.w", Tensors.full(2, dtype).unsqueeze(0))
                    .put("log-pull", Tensors.full(-1, dtype).unsqueeze(0))
                    .put("push.b", Tensors.full(0.3, dtype).unsqueeze(0))
                    .build();
        }

        @Override
        public Params statistics() {
            return Params.of("mean", Tensors.zeros(dtype, 1));
        }

        private Tensor half(Params phi, Tensor y) {
            Tensor away = phi.get("w").sub(y.to(dtype).mean(1));
            return away.mul(away).mul(0.5).sum(1);
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            context.observe(Params.of("mean", tasks.supportY().to(dtype).mean(1)));
            Params own = context.forTasks(theta, tasks.size());
            Tensor w = phi.get("w");
            Tensor pull = own.get("log-pull").exp().mul(w).mul(w).mul(0.5);
            return half(phi, tasks.supportY())
                    .add(pull.sum(1))
                    .add(own.get("push.b").mul(w).sum(1));
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return half(phi, tasks.queryY());
        }

        @Override
        public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
            return phi.get("w").unsqueeze(1).expand(-1, tasks.querySize(), -1);
        }
    }

    private static MetaAlgorithm<Episodes> algorithm(boolean modelFirst, MetaGradient gradient) {
        return new GradientRule(gradient)
                .algorithm(new Pulled(modelFirst, DType.FLOAT32), Descent.of(Adam.DEFAULT, 0.01));
    }

    @Test
    void threadsAndResumingDoNotChangeABit() {
        SameBits.of(() -> algorithm(true, Unroll.FULL), folder);
    }

    /** Both halves by hand: the hyper-gradient of one plain step by the rate of the iteration, and the model's own rule with momentum and decay. */
    @Test
    void halvesAreThoseOfTheClosedForm() {
        for (boolean modelFirst : new boolean[] {false, true}) {
            for (MetaGradient gradient : List.of(Unroll.FULL, Sweep.ALL)) {
                closedForm(modelFirst, gradient);
            }
        }
    }

    private static void closedForm(boolean modelFirst, MetaGradient gradient) {
        try (Scope s = Scope.open()) {
            var algorithm = new BilevelMetaAlgorithm<>(
                    new Pulled(modelFirst, DType.FLOAT64), gradient, Descent.of(Sgd.PLAIN, 0.2));
            Episodes tasks = Curves.SOURCE.sample(3, new SplittableRandom(1));
            double[] support = means(tasks.supportY());
            double[] query = means(tasks.queryY());
            double w = 2;
            double velocity = 0;
            double a = -1;
            double b = 0.3;
            MetaState state = algorithm.init(new SplittableRandom(2));
            for (int i = 0; i < 4; i++) {
                double rate = RATE * (i < 2 ? 1 : 0.5);
                for (int half = 0; half < 2; half++) {
                    MetaState before = state;
                    Contribution all = algorithm.contribute(before, 0, tasks, 5);
                    MetaAlgorithm.Outcome outcome = algorithm.update(before, List.of(all));
                    state = outcome.state();
                    double pull = Math.exp(a);
                    double g = 0;
                    double da = 0;
                    double db = 0;
                    for (int t = 0; t < 3; t++) {
                        double slope = w - support[t] + pull * w + b;
                        double after = w - rate * slope - query[t];
                        g += slope / 3;
                        da += -rate * pull * w * after / 3;
                        db += -rate * after / 3;
                    }
                    if ((half == 0) == modelFirst) {
                        velocity = MOMENTUM * velocity + g + DECAY * w;
                        w -= rate * velocity;
                        assertThat(outcome.diagnostics()).containsKeys("training-loss", "training-gradient-norm");
                        assertThat(state.statistics().get("mean").doubles())
                                .isNotEqualTo(before.statistics().get("mean").doubles());
                    } else {
                        a -= 0.2 * da;
                        b -= 0.5 * db;
                        assertThat(outcome.diagnostics()).containsKeys("held-out-loss", "hyper-gradient-norm");
                        assertThat(state.statistics().get("mean").doubles())
                                .isEqualTo(before.statistics().get("mean").doubles());
                    }
                    assertThat(state.iteration()).isEqualTo(i + half);
                    assertThat(state.theta().get("model.w").item()).isCloseTo(w, within(1e-9));
                    assertThat(state.theta().get("log-pull").item()).isCloseTo(a, within(1e-9));
                    assertThat(state.theta().get("push.b").item()).isCloseTo(b, within(1e-9));
                }
            }
        }
    }

    private static double[] means(Tensor y) {
        return y.to(DType.FLOAT64).mean(1).doubles();
    }

    @Test
    void inUseTheModelIsWhatItIs() {
        try (Scope s = Scope.open()) {
            Pulled learner = new Pulled(false, DType.FLOAT32);
            assertThat(learner.evaluationSteps(Curves.SOURCE.sample(1, new SplittableRandom(1))))
                    .isZero();
        }
    }

    @Test
    void whatTakesTheStepAsAConstantIsRefused() {
        try (Scope s = Scope.open()) {
            var algorithm = algorithm(false, Unroll.FIRST_ORDER);
            MetaState start = algorithm.init(new SplittableRandom(2));
            Episodes tasks = Curves.SOURCE.sample(3, new SplittableRandom(1));
            Contribution all = algorithm.contribute(start, 0, tasks, 5);
            assertThatThrownBy(() -> algorithm.update(start, List.of(all)))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageContainingAll("first-order", "log-pull, push.b untrained");
        }
    }

    /** A shard whose hyper-gradient happens to vanish says nothing of the estimator as long as another one's does not. */
    @Test
    void oneShardWithoutAGradientIsNoReasonToRefuse() {
        try (Scope s = Scope.open()) {
            var algorithm = algorithm(false, Unroll.FULL);
            MetaState start = algorithm.init(new SplittableRandom(2));
            Episodes tasks = Curves.SOURCE.sample(3, new SplittableRandom(1));
            Contribution all = algorithm.contribute(start, 0, tasks, 5);
            Contribution none =
                    new Contribution(all.tasks(), all.loss(), all.values().map(Tensors::zerosLike));
            assertThat(algorithm.update(start, List.of(none, all)).gradientNorm())
                    .isPositive();
            assertThatThrownBy(() -> algorithm.update(start, List.of(none, none)))
                    .isInstanceOf(OptionsException.class);
        }
    }

    @Test
    void whatKnowsNoModelIsRefused() {
        assertThatThrownBy(
                        () -> new PerWindow(new TruncatedBackpropagation(1)).require(new Pulled(false, DType.FLOAT32)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("beside a model in training");
        assertThat(new GradientRule(new FiniteDifference(0.01, java.util.OptionalInt.empty()))
                        .misfit(new Pulled(false, DType.FLOAT32)))
                .isEmpty();
    }
}
