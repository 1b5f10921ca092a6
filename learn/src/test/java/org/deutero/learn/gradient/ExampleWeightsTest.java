package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Estimate;
import org.deutero.learn.InScope;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Learner;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
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

    private static final class Weighted implements Learner<Episodes> {
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
        public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
            InnerGradient.Loss loss = (th, w) -> NET.apply(w, tasks.supportX())
                    .sub(tasks.supportY())
                    .square()
                    .squeeze(2)
                    .mul(th.get("logits").sigmoid())
                    .mean(1)
                    .add(w.dotPerTask(w).mul(th.get("log_decay").exp()).mul(0.5));
            return Step.of(
                    phi.addScaled(InnerGradient.of(loss, theta, phi, context).gradient(), -0.3));
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

    @Test
    void exactEstimatorsAgreeWithEachOtherAndWithDifferences() {
        SplittableRandom rng = new SplittableRandom(7);
        Tensor x = Tensors.normal(rng, DType.FLOAT64, 1, 20, 3);
        Tensor v = Tensors.normal(rng, DType.FLOAT64, 1, 20, 3);
        Episodes tasks =
                new Episodes(x, x.sum(2).sin().unsqueeze(2), v, v.sum(2).sin().unsqueeze(2), 0);
        Weighted learner = new Weighted();
        Params theta = learner.metaParameters(rng);
        Estimate unroll = Unroll.FULL.estimate(learner, theta, tasks, TaskContext.training(1));
        assertThat(unroll.gradient().get("logits").abs().sum().item()).isGreaterThan(1e-3);
        for (MetaGradient sweep : List.of(Sweep.ALL, Sweep.SQRT)) {
            Estimate other = sweep.estimate(learner, theta, tasks, TaskContext.training(1));
            assertThat(other.gradient().sub(unroll.gradient()).norm()).isLessThan(1e-12);
            assertThat(other.losses().item()).isCloseTo(unroll.losses().item(), within(1e-13));
        }
        Params d = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
        double h = 1e-5;
        double slope =
                (loss(learner, theta.addScaled(d, h), tasks) - loss(learner, theta.addScaled(d, -h), tasks)) / (2 * h);
        assertThat(unroll.gradient().dot(d).item()).isCloseTo(slope, within(1e-8));
    }

    private static double loss(Weighted learner, Params theta, Episodes tasks) {
        return Sweep.ALL
                .estimate(learner, theta, tasks, TaskContext.training(1))
                .losses()
                .item();
    }
}
