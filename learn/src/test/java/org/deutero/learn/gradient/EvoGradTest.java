package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.InScope;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.InnerRate;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A population in place of a step: its limit for small deviations, and whom it cannot serve. */
@ExtendWith(InScope.class)
class EvoGradTest {
    private static final Mlp NET = new Mlp(List.of(3, 8, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM);
    private static final double RATE = 0.3;

    /** One step on 8 weighed and noisy examples; theta also lowers the meta-loss itself, and may scale the step. */
    private record Weighted(boolean rateIsLearned) implements GradientLearner<Episodes>, InnerRate {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            Params.Builder theta = Params.builder()
                    .put("logits", Tensors.normal(rng, DType.FLOAT64, 8))
                    .put("log_decay", Tensor.of(new double[] {-3}, 1));
            return rateIsLearned
                    ? theta.put("rate", Tensor.of(new double[] {1}, 1)).build()
                    : theta.build();
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return NET.init(new SplittableRandom(1), DType.FLOAT64).expand(tasks.size());
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            Tensor noise = Tensors.normal(context.random(), DType.FLOAT64, 1, 8, 1);
            return NET.apply(phi, tasks.supportX())
                    .sub(tasks.supportY().addScaled(noise, 0.1))
                    .square()
                    .squeeze(2)
                    .mul(theta.get("logits").sigmoid())
                    .mean(1)
                    .add(phi.dotPerTask(phi).mul(theta.get("log_decay").exp()).mul(0.5));
        }

        @Override
        public double innerRate(long iteration) {
            return RATE;
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(
                    rateIsLearned
                            ? phi.zip(gradient, (p, g) -> p.sub(g.mul(theta.get("rate"))))
                            : phi.addScaled(gradient, -RATE));
        }

        @Override
        public int steps(Episodes tasks) {
            return 1;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return Losses.squaredError(NET.apply(phi, tasks.queryX()), tasks.queryY())
                    .add(theta.get("log_decay").square().mul(0.05));
        }
    }

    private static Episodes task() {
        SplittableRandom rng = new SplittableRandom(7);
        Tensor x = Tensors.normal(rng, DType.FLOAT64, 1, 8, 3);
        Tensor v = Tensors.normal(rng, DType.FLOAT64, 1, 8, 3);
        return new Episodes(x, x.sum(2).sin().unsqueeze(2), v, v.sum(2).sin().unsqueeze(2), 0);
    }

    private static Estimate estimate(MetaGradient estimator, Learner<Episodes> learner, Episodes tasks, long seed) {
        return estimator.estimate(
                learner,
                learner.metaParameters(new SplittableRandom(3)),
                tasks,
                TaskContext.training(seed, 1, Params.EMPTY, seen -> {}));
    }

    private static double cosine(Params a, Params b) {
        return a.dot(b).item() / (a.norm() * b.norm());
    }

    /** E[g] = dF/dtheta - alpha C' grad F(phi), rescaled: many populations together point to the exact gradient of one small step, of both kinds of noise. */
    @Test
    void forSmallDeviationsTheMeanIsTheGradientOfOneStep() {
        Weighted learner = new Weighted(false);
        int times = 1000;
        for (EvoGrad.Noise noise : EvoGrad.Noise.values()) {
            EvoGrad estimator = new EvoGrad(10, 1e-3, 0.05, noise, true);
            // The exact gradient where the step ends is not that where it begins; a small rate makes them one.
            Params exact = limit(learner);
            Params sum = exact.zerosLike();
            int estimates = 4;
            for (int i = 0; i < estimates; i++) {
                Estimate many = estimate(estimator, learner, task().repeat(times), i);
                sum = sum.addScaled(many.gradient(), 1.0 / (times * estimates));
                assertThat(many.diagnostics().get("weight-entropy").mean().item())
                        .isCloseTo(1, within(1e-3));
            }
            assertThat(cosine(sum, exact)).as(noise.name()).isGreaterThan(0.998);
            assertThat(sum.sub(exact).norm()).as(noise.name()).isLessThan(0.06 * exact.norm());
        }
    }

    /** dF/dtheta - alpha C' grad F at phi itself: the derivative of the unrolled step in the limit of a small one, times the rate. */
    private static Params limit(Weighted learner) {
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Params direct = Params.builder()
                .put("logits", Tensors.zerosLike(theta.get("logits")))
                .put("log_decay", theta.get("log_decay").mul(0.1))
                .build();
        double h = 1e-6;
        Learner<Episodes> small = new Small(learner, h);
        Params tiny = Unroll.FULL
                .estimate(small, theta, task(), TaskContext.training(0, 1, Params.EMPTY, seen -> {}))
                .gradient();
        return direct.addScaled(tiny.sub(direct), RATE / h);
    }

    /** The same with another rate. */
    private record Small(Weighted learner, double rate) implements GradientLearner<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return learner.metaParameters(rng);
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return learner.begin(theta, tasks, context);
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return learner.innerLoss(theta, phi, tasks, context);
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(phi.addScaled(gradient, -rate));
        }

        @Override
        public int steps(Episodes tasks) {
            return 1;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return learner.metaLoss(theta, phi, tasks, context);
        }
    }

    /** Tasks of a batch are estimated by copies of their own; the same seed gives the same bits. */
    @Test
    void chanceIsTheSeeds() {
        Weighted learner = new Weighted(false);
        double[] one = estimate(EvoGrad.PUBLISHED, learner, task(), 5)
                .gradient()
                .get("logits")
                .doubles();
        assertThat(estimate(EvoGrad.PUBLISHED, learner, task(), 5)
                        .gradient()
                        .get("logits")
                        .doubles())
                .isEqualTo(one);
        assertThat(estimate(EvoGrad.PUBLISHED, learner, task(), 6)
                        .gradient()
                        .get("logits")
                        .doubles())
                .isNotEqualTo(one);
    }

    @Test
    void weightsThatAreAllOnOneCopyAreSeen() {
        EvoGrad cold = new EvoGrad(5, 1, 1e-6, EvoGrad.Noise.NORMAL, false);
        Estimate estimate = estimate(cold, new Weighted(false), task(), 1);
        assertThat(estimate.diagnostics().get("weight-entropy").item()).isLessThan(1e-6);
        assertThat(estimate.gradient().get("logits").abs().sum().item()).isLessThan(1e-9);
    }

    @Test
    void whatItCannotTrainIsRefused() {
        NoisyRegression many = new NoisyRegression(Sgd.PLAIN, 5, false);
        EvoGrad plain = new EvoGrad(2, 1e-3, 0.05, EvoGrad.Noise.SIGN, false);
        assertThatThrownBy(() -> estimateAt(EvoGrad.PUBLISHED, many))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("this learner tells none; see rescale");
        assertThatThrownBy(() -> estimateAt(plain, many))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("a single step of an inner loss, and this learner takes 5");
        assertThatThrownBy(() -> EvoGrad.PUBLISHED.estimate(
                        new Weighted(true),
                        new Weighted(true).metaParameters(new SplittableRandom(1)),
                        task(),
                        TaskContext.training(1)))
                .isInstanceOf(OptionsException.class)
                .hasMessage(
                        "meta-gradient evograd would leave rate untrained, which act only through the rule of the step; it needs meta-parameters in the inner loss");
        assertThatThrownBy(() -> estimateAt(plain, new Started()))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("would leave w untrained, which act only through the initial state");
    }

    private static void estimateAt(MetaGradient estimator, Learner<Episodes> learner) {
        Params theta =
                learner instanceof Started ? Params.of("w", Tensor.of(new double[] {1}, 1)) : NoisyRegression.theta();
        estimator.estimate(learner, theta, NoisyRegression.tasks(), TaskContext.training(1));
    }

    /** Only the start is learned. */
    private record Started() implements GradientLearner<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("w", Tensor.of(new double[] {1}, 1));
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return theta.expand(tasks.size());
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return phi.get("w").square().sum(1);
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(phi.addScaled(gradient, -0.1));
        }

        @Override
        public int steps(Episodes tasks) {
            return 1;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return phi.get("w").sub(1).square().sum(1);
        }
    }
}
