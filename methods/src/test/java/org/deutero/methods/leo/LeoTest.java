package org.deutero.methods.leo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.SplittableRandom;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class LeoTest {
    private static final int WIDTH = 5;
    private static final int WAY = 3;
    private static final int SHOT = 2;
    private static final Penalties PENALTIES = new Penalties(0.3, 0.2, 0.01, 0.4);

    private static Leo learner(int codeSteps, int weightSteps, double dropout) {
        return new Leo(WIDTH, 4, codeSteps, weightSteps, 1, 0.001, dropout, PENALTIES, DType.FLOAT64);
    }

    private static Episodes tasks() {
        SplittableRandom rng = new SplittableRandom(3);
        return new Episodes(
                Tensors.normal(rng, DType.FLOAT64, 2, WAY * SHOT, WIDTH),
                TestTasks.labels(2, 0, 1, 2, 1, 0, 2),
                Tensors.normal(rng, DType.FLOAT64, 2, 4, WIDTH),
                TestTasks.labels(2, 0, 1, 2, 2),
                WAY);
    }

    private static Params theta() {
        // Away from its start, so that rates and deviations are not all alike.
        Params start = learner(1, 1, 0).metaParameters(new SplittableRandom(2));
        SplittableRandom rng = new SplittableRandom(8);
        return start.map(
                t -> t.add(Tensors.normal(rng, DType.FLOAT64, t.shape()).mul(0.05)));
    }

    /** Second order through codes, weights, noise and dropout, penalties included: central differences of the meta-loss. */
    @Test
    void theMetaGradientIsWhatDifferencesSay() {
        Leo learner = learner(2, 2, 0.3);
        Params gradient = Unroll.FULL
                .estimate(learner, theta(), tasks(), TaskContext.training(1))
                .gradient();
        Params swept = Sweep.ALL
                .estimate(learner, theta(), tasks(), TaskContext.training(1))
                .gradient();
        for (String name : gradient.names()) {
            assertNear(swept.get(name), gradient.get(name), 1e-9);
        }
        // The way that codes go is a constant for their end, as published, which no difference can see.
        Leo plain = new Leo(WIDTH, 4, 2, 2, 1, 0.001, 0.3, new Penalties(0.3, 0, 0.01, 0.4), DType.FLOAT64);
        Params direction = learner.metaParameters(new SplittableRandom(9));
        double slope = Unroll.FULL
                .estimate(plain, theta(), tasks(), TaskContext.training(1))
                .gradient()
                .dot(direction)
                .item();
        double h = 1e-5;
        double difference =
                (loss(plain, theta().addScaled(direction, h)) - loss(plain, theta().addScaled(direction, -h)))
                        / (2 * h);
        assertThat(slope).isCloseTo(difference, within(1e-6 * Math.abs(difference) + 1e-7));
    }

    private static double loss(Leo learner, Params theta) {
        return Unroll.FULL
                .estimate(learner, theta, tasks(), TaskContext.training(1))
                .losses()
                .sum()
                .item();
    }

    /** A step in the weights by hand: softmax regression, the sum over examples, each row's own rate. */
    @Test
    void aStepInTheWeightsIsSoftmaxRegression() {
        Leo learner = learner(0, 1, 0);
        StepContext at = TestTasks.evaluation(0, Params.EMPTY);
        Params phi = learner.begin(theta(), tasks(), at);
        Latents.Normal w = new Latents(WIDTH, 4).decode(theta(), phi.get("code"), WAY);
        Tensor next = learner.step(theta(), phi, tasks(), at).state().get("weights");
        // Classes have examples 0 and 4, 1 and 3, 2 and 5: a class's logit is the mean of two rows.
        Tensor x = tasks().supportX();
        Tensor first = w.mean().indexSelect(1, Tensor.of(new long[] {0, 1, 2}, 3));
        Tensor second = w.mean().indexSelect(1, Tensor.of(new long[] {4, 3, 5}, 3));
        Tensor logits = x.matmul(first.add(second).mul(0.5).transpose(1, 2));
        Tensor error = logits.softmax(2).sub(tasks().supportY().oneHot(WAY, DType.FLOAT64));
        // Both rows of a class get half of its gradient.
        Tensor gradient = error.transpose(1, 2).matmul(x).mul(0.5);
        Tensor rows = gradient.indexSelect(1, Tensor.of(new long[] {0, 1, 2, 1, 0, 2}, 6));
        assertNear(next, w.mean().sub(rows.mul(theta().get("weight_rate"))), 1e-12);
    }

    @Test
    void deviationsStartAtTheirOffsetAndDivergenceIsThatOfTheSample() {
        Latents latents = new Latents(WIDTH, 4);
        Params zero = theta().map(Tensors::zerosLike);
        Latents.Normal weights = latents.decode(zero, Tensors.ones(DType.FLOAT64, 1, WAY, 4), WAY);
        assertThat(weights.deviation().doubles()[0]).isCloseTo(Math.sqrt(2.0 / (WAY + WIDTH)), within(1e-12));
        assertThat(weights.mean().abs().sum().item()).isZero();
        Latents.Normal normal =
                new Latents.Normal(Tensor.of(new double[] {1, -2}, 1, 1, 2), Tensor.of(new double[] {0.5, 3}, 1, 1, 2));
        Tensor x = Tensor.of(new double[] {0.2, 4}, 1, 1, 2);
        double expected = 0;
        double[][] cases = {{0.2, 1, 0.5}, {4, -2, 3}};
        for (double[] c : cases) {
            double own = -Math.log(c[2]) - (c[0] - c[1]) * (c[0] - c[1]) / (2 * c[2] * c[2]);
            expected += (own + c[0] * c[0] / 2) / 2;
        }
        Tensor noise = x.sub(normal.mean()).div(normal.deviation());
        assertThat(normal.divergence(x, noise).item()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void inUseNothingIsRandomAndExamplesOfAClassAreAlike() {
        Leo learner = learner(3, 2, 0.5);
        Tensor once = TestTasks.outputs(learner, theta(), tasks(), Params.EMPTY);
        assertNear(once, TestTasks.outputs(learner, theta(), tasks(), Params.EMPTY), 0);
        Params phi = learner.begin(theta(), tasks(), TestTasks.evaluation(0, Params.EMPTY));
        Tensor code = phi.get("code");
        assertNear(code.select(1, 0), code.select(1, 4), 1e-12);
        Params training =
                learner.begin(theta(), tasks(), TaskContext.training(1).at(0, false));
        Tensor drawn = training.get("code").reshape(2, WAY, SHOT, 4);
        assertThat(drawn.select(2, 0).sub(drawn.select(2, 1)).abs().sum().item())
                .isGreaterThan(1e-3);
    }

    /** An example that is there twice weighs twice in its class's mean, and classes may differ in size. */
    @Test
    void classesMayHaveDifferentNumbersOfShots() {
        Episodes t = tasks();
        Episodes uneven =
                new Episodes(t.supportX(), TestTasks.labels(2, 0, 0, 0, 1, 1, 2), t.queryX(), t.queryY(), WAY);
        Tensor logits = TestTasks.outputs(learner(2, 1, 0), theta(), uneven, Params.EMPTY);
        assertThat(logits.shape()).containsExactly(2, 4, WAY);
        assertThat(logits.allFinite()).isTrue();
        Tensor other = TestTasks.outputs(
                learner(2, 1, 0), theta(), TestTasks.supportAt(uneven, 5, 2, 0, 4, 1, 3), Params.EMPTY);
        assertNear(other, logits, 1e-10);
    }
}
