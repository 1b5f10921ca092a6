package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.InScope;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.gradient.adjoint.FiniteDifference;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A tanh perceptron 3-8-1, trained for 30 steps, whose example weights (20 logits) and weight decay are meta-parameters. */
@ExtendWith(InScope.class)
class ExampleWeightsTest {
    private static final Mlp NET = new Mlp(List.of(3, 8, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM);

    private static final class Weighted implements GradientLearner<Episodes> {
        private final Params start = NET.init(new SplittableRandom(1), DType.FLOAT64);

        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.builder()
                    .put("logits", Tensors.normal(rng, DType.FLOAT64, 20))
                    .put("log_decay", Tensor.of(new double[] {-3}))
                    .build();
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return start.expand(tasks.size());
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            Tensor errors =
                    NET.apply(phi, tasks.supportX()).sub(tasks.supportY()).square();
            return errors.squeeze(2)
                    .mul(theta.get("logits").sigmoid())
                    .mean(1)
                    .add(phi.dotPerTask(phi).mul(theta.get("log_decay").exp()).mul(0.5));
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(phi.addScaled(gradient, -0.3));
        }

        @Override
        public int steps(Episodes tasks) {
            return 30;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return Losses.squaredError(NET.apply(phi, tasks.queryX()), tasks.queryY());
        }
    }

    private final Weighted learner = new Weighted();
    private final SplittableRandom rng = new SplittableRandom(7);
    private final Episodes tasks = tasks(rng);
    private final Params theta = learner.metaParameters(rng);
    private final Estimate unroll = Unroll.FULL.estimate(learner, theta, tasks, TaskContext.training(1));

    private static Episodes tasks(SplittableRandom rng) {
        Tensor x = Tensors.normal(rng, DType.FLOAT64, 1, 20, 3);
        Tensor v = Tensors.normal(rng, DType.FLOAT64, 1, 20, 3);
        return new Episodes(x, x.sum(2).sin().unsqueeze(2), v, v.sum(2).sin().unsqueeze(2), 0);
    }

    private Estimate estimate(MetaGradient estimator) {
        return estimator.estimate(learner, theta, tasks, TaskContext.training(1));
    }

    @Test
    void exactEstimatorsAgreeWithEachOtherAndWithDifferences() {
        assertThat(unroll.gradient().get("logits").abs().sum().item()).isGreaterThan(1e-3);
        for (MetaGradient exact : List.of(
                Sweep.ALL,
                Sweep.SQRT,
                new MixedMode(Store.ALL),
                new MixedMode(Store.SQRT),
                new ForwardModeGradient(21),
                new Truncated(30))) {
            Estimate other = estimate(exact);
            assertThat(other.gradient().sub(unroll.gradient()).norm())
                    .as(exact.name())
                    .isLessThan(1e-12);
            assertThat(other.losses().item()).isCloseTo(unroll.losses().item(), within(1e-13));
        }
        Params differences =
                estimate(new FiniteDifference(1e-5, OptionalInt.empty())).gradient();
        assertThat(differences.sub(unroll.gradient()).norm())
                .isLessThan(1e-8 * unroll.gradient().norm());
        Params d = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
        double h = 1e-5;
        double slope =
                (loss(learner, theta.addScaled(d, h), tasks) - loss(learner, theta.addScaled(d, -h), tasks)) / (2 * h);
        assertThat(unroll.gradient().dot(d).item()).isCloseTo(slope, within(1e-8));
    }

    /** The longer the horizon the better, but short ones point to somewhere else. */
    @Test
    void truncationApproachesTheExactDirectionWithTheHorizon() {
        double last = 0;
        for (int k : new int[] {1, 2, 5, 10, 20, 30}) {
            double cosine = cosine(estimate(new Truncated(k)).gradient(), unroll.gradient());
            assertThat(cosine).as("%s steps", k).isGreaterThan(last);
            if (k == 1) {
                assertThat(cosine).isBetween(0.5, 0.99);
            }
            last = cosine;
        }
        assertThat(last).isCloseTo(1, within(1e-12));
    }

    private static double cosine(Params a, Params b) {
        return a.dot(b).item() / (a.norm() * b.norm());
    }

    private static double loss(Weighted learner, Params theta, Episodes tasks) {
        return Sweep.ALL
                .estimate(learner, theta, tasks, TaskContext.training(1))
                .losses()
                .item();
    }
}
