package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.deutero.learn.InScope;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.learn.gradient.solver.NeumannSeries;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ridge regression, L = |X phi - y|^2/2 + exp(theta) |phi|^2/2 with F = |V phi - w|^2/2: the minimiser is (X'X + e^theta I)^-1 X'y and
 * dF/dtheta = -e^theta phi' H^-1 V'(V phi - w).
 */
@ExtendWith(InScope.class)
class ImplicitTest {
    private static final int TASKS = 2;
    private static final int SIZE = 5;
    private static final double THETA = -0.5;

    /** The Hessian is at least exp(THETA), so a step of 0.05 shrinks an error by 0.97 or more: to 1e-16 in all. */
    private static final int STEPS = 1200;

    private final SplittableRandom rng = new SplittableRandom(4);
    private final Tensor x = Tensors.normal(rng, DType.FLOAT64, TASKS, 8, SIZE).mul(0.6);
    private final Tensor y = Tensors.normal(rng, DType.FLOAT64, TASKS, 8, 1);
    private final Tensor v = Tensors.normal(rng, DType.FLOAT64, TASKS, 6, SIZE);
    private final Tensor w = Tensors.normal(rng, DType.FLOAT64, TASKS, 6, 1);
    private final Episodes tasks = new Episodes(x, y, v, w, 0);
    private final Tensor hessian =
            x.transpose(1, 2).matmul(x).add(Tensors.eye(SIZE, DType.FLOAT64).mul(Math.exp(THETA)));

    private record Ridge(int steps, double rate) implements GradientLearner<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("theta", Tensor.of(new double[] {THETA}, 1));
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return Params.of("phi", Tensors.zeros(DType.FLOAT64, TASKS, SIZE));
        }

        private static Tensor half(Tensor x, Params phi, Tensor y) {
            Tensor error = x.matmul(phi.get("phi").unsqueeze(2)).sub(y);
            return error.square().sum(1, 2).mul(0.5);
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            Tensor decay = theta.get("theta").exp().mul(phi.dotPerTask(phi)).mul(0.5);
            return half(tasks.supportX(), phi, tasks.supportY()).add(decay);
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(phi.addScaled(gradient, -rate));
        }

        @Override
        public int steps(Episodes tasks) {
            return steps;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return half(tasks.queryX(), phi, tasks.queryY());
        }
    }

    private double closedForm() {
        Tensor xt = x.transpose(1, 2);
        Tensor phi = Tensors.solve(hessian, xt.matmul(y));
        Tensor b = v.transpose(1, 2).matmul(v.matmul(phi).sub(w));
        return -Math.exp(THETA) * phi.mul(Tensors.solve(hessian, b)).sum().item();
    }

    private Estimate estimate(LinearSolver solver, int steps) {
        Ridge learner = new Ridge(steps, 0.05);
        return new Implicit(solver, 0).estimate(learner, learner.metaParameters(rng), tasks, TaskContext.training(1));
    }

    private double gradient(LinearSolver solver) {
        return estimate(solver, STEPS).gradient().get("theta").item();
    }

    @Test
    void closedFormOfRidgeRegression() {
        double expected = closedForm();
        assertThat(Math.abs(expected)).isGreaterThan(1e-2);
        assertThat(gradient(new DenseSolve(SIZE))).isCloseTo(expected, within(1e-11));
        // Converges after as many iterations as there are dimensions, and not before.
        assertThat(gradient(new ConjugateGradient(SIZE, 0))).isCloseTo(expected, within(1e-9));
        assertThat(gradient(new ConjugateGradient(SIZE - 2, 0)))
                .isNotCloseTo(expected, within(1e-4 * Math.abs(expected)));
        assertThat(gradient(new ConjugateGradient(50, 1e-24))).isCloseTo(expected, within(1e-9));
        assertThat(gradient(new NeumannSeries(STEPS, 0.05))).isCloseTo(expected, within(1e-9));
    }

    @Test
    void residualAndDistanceFromStationarityAreReported() {
        Params good = estimate(new ConjugateGradient(50, 1e-24), STEPS).diagnostics();
        assertThat(good.get("residual").max(0).item()).isLessThan(1e-10);
        assertThat(good.get("inner-gradient").max(0).item()).isLessThan(1e-10);
        assertThat(good.get("negative-curvature").sum().item()).isZero();
        Params bad = estimate(new ConjugateGradient(1, 0), 1).diagnostics();
        assertThat(bad.get("residual").shape()).containsExactly(TASKS);
        assertThat(bad.get("residual").max(0).item()).isGreaterThan(1e-2);
        assertThat(bad.get("inner-gradient").max(0).item()).isGreaterThan(1e-1);
    }

    /** At a stationary point k terms of the series are truncation to k + 1 steps (sheet 03 F.8). */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 9})
    void neumannSeriesIsTruncation(int terms) {
        Ridge learner = new Ridge(STEPS, 0.05);
        Params theta = learner.metaParameters(rng);
        MetaGradient truncated = new Truncated(terms + 1);
        double expected = truncated
                .estimate(learner, theta, tasks, TaskContext.training(1))
                .gradient()
                .get("theta")
                .item();
        assertThat(gradient(new NeumannSeries(terms, 0.05))).isCloseTo(expected, within(1e-11));
    }

    @Test
    void conjugateGradientStopsAtNegativeCurvature() {
        Tensor diagonal = Tensor.of(new double[] {1, 2, 3, 1, -2, 3}, 2, 3);
        UnaryOperator<Tensor> operator = u -> diagonal.mul(u);
        Tensor b = Tensor.of(new double[] {1, 1, 1, 0.1, 1, 0.1}, 2, 3);
        LinearSolver.Solution solution = new ConjugateGradient(10, 1e-24).solve(operator, b);
        assertThat(solution.diagnostics().get("negative-curvature").doubles()).containsExactly(0, 1);
        assertThat(solution.diagnostics().get("residual").doubles()[0]).isLessThan(1e-12);
        assertThat(solution.q().allFinite()).isTrue();
        assertThat(solution.q().select(0, 1).abs().sum().item()).isZero();
    }

    /** A task must not drop out in silence: without the curvature it counts as it would in a first-order method. */
    @Test
    void whereTheFirstDirectionIsBentTheKnownPartOfTheMatrixIsTakenForAll() {
        double pull = 2;
        // The Hessians are these less the pull: the second task's is indefinite even with it.
        Tensor diagonal = Tensor.of(new double[] {1, 2, 3, 1, -2, 3, 4, -1, 5}, 3, 3);
        Tensor b = Tensor.of(new double[] {1, 1, 1, 0.1, 1, 0.1, 1, 0.1, 1}, 3, 3);
        LinearSolver.Solution solution =
                new ConjugateGradient(10, 1e-24).knowing(pull).solve(u -> diagonal.mul(u), b);
        assertThat(solution.diagnostics().get("negative-curvature").doubles()).containsExactly(0, 1, 1);
        double[] q = solution.q().flatten(0).doubles();
        double[] expected = {1, 0.5, 1 / 3.0, 0.05, 0.5, 0.05};
        for (int i = 0; i < expected.length; i++) {
            assertThat(q[i]).isCloseTo(expected[i], within(1e-12));
        }
        // The third is bent only later: what was found up to there stays, a step along b of b'b / b'Ab at first.
        assertThat(q[6]).isPositive().isNotCloseTo(1 / pull, within(0.05));
        assertThat(solution.diagnostics().get("residual").doubles()[1]).isGreaterThan(1);
    }

    /** -|phi|^2 with a pull of 1 towards theta, where it is a maximum that is left: L'' = -2 + 1. Its meta-loss is b phi. */
    private record Bent(Tensor b, double told) implements GradientLearner<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("theta", Tensors.full(0.5, DType.FLOAT64, SIZE));
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return Params.of("phi", theta.get("theta").unsqueeze(0).expand(TASKS, SIZE));
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            Tensor away = phi.get("phi").sub(theta.get("theta"));
            return away.square().sum(1).mul(0.5).sub(phi.get("phi").square().sum(1));
        }

        @Override
        public double pull(StepContext context) {
            return told;
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(phi.addScaled(gradient, -0.01));
        }

        @Override
        public int steps(Episodes tasks) {
            return 1;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return phi.get("phi").mul(b).sum(1);
        }
    }

    /** What is left is first-order MAML's direction, shrunk by the damping. */
    @Test
    void tasksWithAnIndefiniteHessianContribute() {
        Tensor b = Tensor.of(new double[] {1, -2, 3, 0.5, -1}, SIZE);
        Bent learner = new Bent(b, 1);
        for (double damping : new double[] {0, 0.5}) {
            Estimate estimate = new Implicit(new ConjugateGradient(5, 0), damping)
                    .estimate(learner, learner.metaParameters(rng), tasks, TaskContext.training(1));
            assertThat(estimate.diagnostics().get("negative-curvature").doubles())
                    .containsExactly(1, 1);
            Tensor expected = b.mul(TASKS / (1 + damping));
            assertThat(estimate.gradient()
                            .get("theta")
                            .sub(expected)
                            .abs()
                            .max(0)
                            .item())
                    .isLessThan(1e-12);
        }
    }

    /** Nothing is known of the matrix: the identity stands for it, T1-T2, and the task still does not drop out. */
    @Test
    void withoutAKnownPullTheIdentityStandsForTheCurvature() {
        Tensor b = Tensor.of(new double[] {1, -2, 3, 0.5, -1}, SIZE);
        Bent learner = new Bent(b, 0);
        double[] found = new Implicit(new ConjugateGradient(5, 0), 0)
                .estimate(learner, learner.metaParameters(rng), tasks, TaskContext.training(1))
                .gradient()
                .get("theta")
                .doubles();
        assertThat(found).containsExactly(b.mul(TASKS).doubles(), within(1e-12));
    }

    @Test
    void aTaskWithoutRightHandSideHasNoSolutionToFind() {
        Tensor diagonal = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2);
        Tensor b = Tensor.of(new double[] {0, 0, 1, 1}, 2, 2);
        for (LinearSolver solver :
                new LinearSolver[] {new ConjugateGradient(9, 0), new NeumannSeries(3, 0.1), new DenseSolve(2)}) {
            LinearSolver.Solution solution = solver.solve(u -> diagonal.mul(u), b);
            assertThat(solution.q().select(0, 0).doubles()).containsExactly(0, 0);
            assertThat(solution.diagnostics().allFinite()).isTrue();
        }
    }
}
