package org.deutero.methods.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.ProblemLearner;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.GradientMetaAlgorithm;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.InScope;
import org.deutero.methods.rates.LearnedRates.Sharing;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.synthetic.GaussianClasses;
import org.deutero.tasks.training.Bowls;
import org.deutero.tasks.training.Fit;
import org.deutero.tasks.training.Fits;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A step size for each layer, on problems that bring their own network. */
@ExtendWith(InScope.class)
class LearnedRatesTest {
    private static final Mlp NETWORK = Mlp.of(3, 4, 2);

    private static Problems fits(int tasks) {
        return new Fits(NETWORK, new GaussianClasses(3, 2, 8, 5), 3, 6).sample(tasks, new SplittableRandom(1));
    }

    private static Problems inDouble(Problems problems) {
        Fit fit = (Fit) problems.problem();
        return new Problems(
                new Fit(fit.network(), fit.data().to(DType.FLOAT64), fit.batch()), problems.seeds(), problems.steps());
    }

    private static LearnedRates learner(Sharing sharing) {
        return new LearnedRates(Fit.shape(NETWORK), sharing, 0.3, DType.FLOAT64);
    }

    @Test
    void eachLayerHasARate() {
        assertThat(learner(Sharing.LAYER)
                        .metaParameters(new SplittableRandom(1))
                        .names())
                .containsExactly("log-rate.l0", "log-rate.l1");
        assertThat(learner(Sharing.TENSOR)
                        .metaParameters(new SplittableRandom(1))
                        .names())
                .hasSize(4);
        assertThat(learner(Sharing.NONE).metaParameters(new SplittableRandom(1)).names())
                .containsExactly("log-rate.all");
    }

    /** One quadratic |w x - y|^2 of one dimension: x moves by -r 2 w (w x - y), and dF/dlog r has a closed form. */
    @Test
    void aQuadraticIsDescendedAsOnPaper() {
        double w = 1.5;
        double y = 0.7;
        double r = 0.1;
        Problems one = new Problems(
                new Bowls(Tensor.of(new double[] {w}, 1, 1, 1), Tensor.of(new double[] {y}, 1, 1), 1),
                new long[] {3},
                2);
        LearnedRates learner = new LearnedRates(Bowls.shape(1), Sharing.LAYER, r, DType.FLOAT64);
        double x0 = one.start().get("x").item();
        double shrink = 1 - 2 * r * w * w;
        double end = y / w + shrink * shrink * (x0 - y / w);
        Estimate estimate = Unroll.FULL.estimate(
                learner, learner.metaParameters(new SplittableRandom(1)), one, TaskContext.training(1));
        double error = w * end - y;
        assertThat(estimate.losses().item()).isCloseTo(error * error, within(1e-14));
        double derivative = 2 * error * w * 2 * shrink * (-2 * r * w * w) * (x0 - y / w);
        assertThat(estimate.gradient().get("log-rate.x").item()).isCloseTo(derivative, within(1e-13));
    }

    /** Steps are run again by the sweep, with the mini-batches that they had. */
    @Test
    void theSweepRunsTheSameStepsAgain() {
        Problems problems = inDouble(fits(3));
        LearnedRates learner = learner(Sharing.LAYER);
        Params theta = learner.metaParameters(new SplittableRandom(1));
        Estimate graph = Unroll.FULL.estimate(learner, theta, problems, TaskContext.training(1));
        Estimate swept = Sweep.SQRT.estimate(learner, theta, problems, TaskContext.training(1));
        assertNear(swept.losses(), graph.losses(), 1e-12);
        assertNear(swept.gradient(), graph.gradient(), 1e-12);
        assertThat(graph.gradient().norm()).isPositive();
    }

    /** Members of a population train the same problems from the same weights, on the same mini-batches. */
    @Test
    void everyMemberOfAPopulationHasRatesOfItsOwn() {
        Problems problems = inDouble(fits(2));
        LearnedRates learner = learner(Sharing.TENSOR);
        Params slow = learner.metaParameters(new SplittableRandom(1));
        Params fast = slow.map(t -> t.add(1));
        Params both = slow.zip(fast, (a, b) -> Tensors.stack(List.of(a, a, b, b), 0));
        Params together = trained(
                learner, both, problems.repeat(2), TaskContext.training(1).forPopulation(2));
        Params first = trained(learner, slow, problems, TaskContext.training(1));
        Params second = trained(learner, fast, problems, TaskContext.training(1));
        together.forEach((name, t) -> {
            assertNear(t.slice(0, 0, 2), first.get(name), 1e-13);
            assertNear(t.slice(0, 2, 4), second.get(name), 1e-13);
        });
    }

    private static Params trained(LearnedRates learner, Params theta, Problems problems, TaskContext context) {
        Params phi = learner.begin(theta, problems, context.at(0, false));
        for (int t = 0; t < problems.steps(); t++) {
            phi = learner.step(theta, phi, problems, context.at(t, false)).state();
        }
        return ProblemLearner.trained(phi);
    }

    /** Meta-training lowers the held-out loss of problems that it has not seen. */
    @Test
    void ratesAreLearned() {
        LearnedRates learner = new LearnedRates(Fit.shape(NETWORK), Sharing.LAYER, 0.01, DType.FLOAT32);
        MetaAlgorithm<Problems> algorithm =
                new GradientMetaAlgorithm<>(learner, Unroll.FULL, Descent.of(Adam.DEFAULT, 0.3));
        Problems unseen = new Fits(NETWORK, new GaussianClasses(3, 2, 8, 5), 3, 6).sample(50, new SplittableRandom(9));
        MetaState state = algorithm.init(new SplittableRandom(1));
        double before = heldOut(learner, state.theta(), unseen);
        for (int i = 0; i < 15; i++) {
            state = algorithm
                    .update(state, List.of(algorithm.contribute(state, fitsOf(i), i)))
                    .state();
        }
        double after = heldOut(learner, state.theta(), unseen);
        assertThat(after).isLessThan(before - 0.1);
        assertThat(state.theta().get("log-rate.l0").item()).isGreaterThan(Math.log(0.01));
    }

    private static Problems fitsOf(int iteration) {
        return new Fits(NETWORK, new GaussianClasses(3, 2, 8, 5), 3, 6)
                .sample(16, new SplittableRandom(100 + iteration));
    }

    private static double heldOut(LearnedRates learner, Params theta, Problems problems) {
        return problems.heldOut(trained(learner, theta, problems, TaskContext.training(1)))
                .mean()
                .item();
    }

    @Test
    void ratesOfZeroAreRefused() {
        assertThatThrownBy(() -> new LearnedRates(Bowls.shape(1), Sharing.LAYER, 0, DType.FLOAT32))
                .hasMessage("a learned rate starts above 0, not at 0.0");
    }
}
