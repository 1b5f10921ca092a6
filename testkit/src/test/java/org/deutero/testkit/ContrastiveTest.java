package org.deutero.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.learn.gradient.adjoint.Contrastive;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.Nudging;
import org.deutero.learn.gradient.adjoint.Phases;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.OptionsException;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contrastive rule against closed forms. */
class ContrastiveTest {
    private static final int DIMENSION = 5;
    private static final TaskContext CONTEXT = TaskContext.training(1);

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    // ---- one synapse: L = phi^2/2 + (phi - omega)^2/2 at omega = 0, F = (phi - 1)^2/2
    // ----------------------------------------

    private static QuadraticTasks scalar() {
        Tensor one = Tensor.of(new double[] {1}, 1, 1, 1);
        return new QuadraticTasks(one, Tensor.of(new double[] {0}, 1, 1), one, one, Tensor.of(new double[] {1}, 1, 1));
    }

    private static double scalar(MetaGradient estimator) {
        Params theta = Params.builder()
                .put("omega", Tensor.of(new double[] {0}, 1))
                .put("lambda", Tensor.of(new double[] {1}, 1))
                .build();
        return estimator
                .estimate(new SynapseQuadraticLearner(1, 0.3, 200), theta, scalar(), CONTEXT)
                .gradient()
                .get("omega")
                .item();
    }

    @Test
    void oneSynapseHasTheClosedForms() {
        double beta = 0.1;
        assertThat(scalar(new Implicit(new DenseSolve(1), 0))).isCloseTo(-0.5, within(1e-12));
        assertThat(scalar(of(Contrast.ONE_SIDED, beta, 200))).isCloseTo(-1 / (2 + beta), within(1e-12));
        assertThat(scalar(of(Contrast.SYMMETRIC, beta, 200))).isCloseTo(-2 / (4 - beta * beta), within(1e-12));
        assertThat(scalar(of(Contrast.FORWARD_SECOND, beta, 200))).isCloseTo(-0.497835, within(1e-6));
    }

    /** phi_beta = beta/(2 + beta), and h = -(phi - omega); none below beta = -2. */
    @Test
    void phasesSettleWhereTheClosedFormSays() {
        Params theta = Params.builder()
                .put("omega", Tensor.of(new double[] {0}, 1))
                .put("lambda", Tensor.of(new double[] {1}, 1))
                .build();
        Phases<QuadraticTasks> phases =
                Phases.of(new Lifetime<>(new SynapseQuadraticLearner(1, 0.3, 10), theta, scalar(), CONTEXT));
        Params free = phases.free();
        for (double beta : new double[] {0, 0.5, 3, -0.5, -1}) {
            Phases.Minimum minimum = phases.settled(free, beta, 20);
            assertThat(minimum.settled()).isTrue();
            double phi = minimum.phi().get("phi").item();
            assertThat(phi).isCloseTo(beta / (2 + beta), within(1e-14));
            assertThat(phases.derivative(minimum.phi(), beta).get("omega").item())
                    .isCloseTo(-phi, within(1e-15));
        }
        assertThat(phases.settled(free, -3, 20).unsettled()).isEqualTo(1);
        Nudging nudging = Nudging.own(50);
        for (double strength : new double[] {0.5, 3}) {
            Params negative = phases.nudged(nudging, free, -strength);
            Params positive = phases.nudged(nudging, free, strength);
            assertThat(phases.runaways(free, negative, positive, strength)).isEqualTo(strength > 2 ? 1 : 0);
        }
        assertThat(phases.rising(free)).isZero();
    }

    private static Contrastive of(Contrast contrast, double beta, int steps) {
        return new Contrastive(contrast, beta, Nudging.own(steps));
    }

    // ---- several synapses with a full matrix
    // -------------------------------------------------------------------------------

    private static Tensor definite(SplittableRandom rng, double floor) {
        Tensor m = Tensors.normal(rng, DType.FLOAT64, 2, DIMENSION, DIMENSION);
        return m.matmul(m.transpose(1, 2))
                .mul(1.0 / DIMENSION)
                .add(Tensors.eye(DIMENSION, DType.FLOAT64).mul(floor));
    }

    private static QuadraticTasks tasks() {
        SplittableRandom rng = new SplittableRandom(7);
        return new QuadraticTasks(
                definite(rng, 0.5),
                Tensors.normal(rng, DType.FLOAT64, 2, DIMENSION),
                Tensors.zeros(DType.FLOAT64, 2, DIMENSION, 1),
                definite(rng, 0.2).mul(0.3),
                Tensors.normal(rng, DType.FLOAT64, 2, DIMENSION));
    }

    private static final SynapseQuadraticLearner LEARNER = new SynapseQuadraticLearner(DIMENSION, 0.2, 400);

    private static Params theta() {
        return LEARNER.metaParameters(new SplittableRandom(3));
    }

    private static Params gradient(MetaGradient estimator) {
        return estimator.estimate(LEARNER, theta(), tasks(), CONTEXT).gradient();
    }

    private static double error(MetaGradient estimator, Params exact) {
        return gradient(estimator).sub(exact).norm() / exact.norm();
    }

    @Test
    void conjugateGradientsSolveTheLinearSystem() {
        assertThat(error(
                        new Implicit(new ConjugateGradient(DIMENSION, 0), 0),
                        gradient(new Implicit(new DenseSolve(50), 0))))
                .isLessThan(1e-8);
    }

    @ParameterizedTest
    @CsvSource({"ONE_SIDED, 2", "SYMMETRIC, 4", "FORWARD_SECOND, 4"})
    void halvingTheStrengthDividesTheErrorAsTheTheorySays(Contrast contrast, double factor) {
        Params exact = gradient(new Implicit(new DenseSolve(50), 0));
        DoubleUnaryOperator error = beta -> error(of(contrast, beta, 400), exact);
        double middle = error.applyAsDouble(0.01);
        assertThat(error.applyAsDouble(0.02) / middle).isCloseTo(factor, within(0.1 * factor));
        assertThat(middle / error.applyAsDouble(0.005)).isCloseTo(factor, within(0.05 * factor));
    }

    @Test
    void agreesWithUnrolledDifferentiationOfTheSameSteps() {
        assertThat(error(of(Contrast.SYMMETRIC, 1e-3, 400), gradient(Sweep.SQRT)))
                .isLessThan(1e-4);
    }

    /** What is left of the gradient is divided by the strength: too weak nudging of phases that have not settled is worse than stronger. */
    @Test
    void residualsAreAmplifiedByWeakNudging() {
        SynapseQuadraticLearner unsettled = new SynapseQuadraticLearner(DIMENSION, 0.2, 8);
        Params exact = gradient(new Implicit(new DenseSolve(50), 0));
        DoubleUnaryOperator error = beta -> of(Contrast.ONE_SIDED, beta, 8)
                        .estimate(unsettled, theta(), tasks(), CONTEXT)
                        .gradient()
                        .sub(exact)
                        .norm()
                / exact.norm();
        double best = error.applyAsDouble(0.3);
        assertThat(error.applyAsDouble(0.003)).isGreaterThan(3 * best);
        Estimate estimate = of(Contrast.ONE_SIDED, 0.1, 8).estimate(unsettled, theta(), tasks(), CONTEXT);
        assertThat(estimate.diagnostics().get("free-gradient").sum().item()).isGreaterThan(2e-3);
    }

    /** omega <- omega + eta (lambda/beta) (phi_beta - phi_0), and the strength's rule: both local to the synapse. */
    @Test
    void theRuleIsLocalToTheSynapse() {
        double beta = 0.1;
        Params theta = theta();
        Tensor lambda = theta.get("lambda");
        Tensor free = minimum(theta, 0);
        Tensor nudged = minimum(theta, beta);
        Params gradient = gradient(of(Contrast.ONE_SIDED, beta, 400));
        Tensor omega = nudged.sub(free).mul(lambda).mul(-1 / beta).sum(0);
        Tensor strength = nudged.sub(theta.get("omega"))
                .square()
                .sub(free.sub(theta.get("omega")).square())
                .mul(0.5 / beta)
                .sum(0);
        assertThat(gradient.get("omega").doubles()).containsExactly(omega.doubles(), within(1e-9));
        assertThat(gradient.get("lambda").doubles()).containsExactly(strength.doubles(), within(1e-9));
    }

    /** The minimum of L + beta F by linear algebra: (A + Lambda + beta C)^{-1} (A b + Lambda omega + beta C c). */
    private static Tensor minimum(Params theta, double beta) {
        QuadraticTasks tasks = tasks();
        Tensor lambda = theta.get("lambda");
        Tensor diagonal = Tensors.eye(DIMENSION, DType.FLOAT64).mul(lambda);
        Tensor matrix = tasks.a().add(diagonal).addScaled(tasks.outerA(), beta);
        Tensor right = product(tasks.a(), tasks.b())
                .add(lambda.mul(theta.get("omega")))
                .addScaled(product(tasks.outerA(), tasks.outerB()), beta);
        return new DenseSolve(50).solve(v -> product(matrix, v), right).q();
    }

    private static Tensor product(Tensor matrices, Tensor vectors) {
        return matrices.matmul(vectors.unsqueeze(2)).squeeze(2);
    }

    // ---- phases of another rule
    // --------------------------------------------------------------------------------------------

    @Test
    void nudgedPhasesMayHaveARuleOfTheirOwn() {
        Params exact = gradient(of(Contrast.SYMMETRIC, 0.05, 400));
        Nudging.Rule adam = new Nudging.Rule(Adam.DEFAULT, 0.01, Schedule.linear(1500, 0));
        assertThat(error(new Contrastive(Contrast.SYMMETRIC, 0.05, Nudging.by(adam, 1500)), exact))
                .isLessThan(1e-4);
        Nudging rescaled = new Nudging(400, Optional.empty(), true);
        assertThat(error(new Contrastive(Contrast.SYMMETRIC, 0.05, rescaled), exact))
                .isLessThan(1e-9);
    }

    @Test
    void refusesMetaParametersThatActOnlyThroughTheStart() {
        QuadraticLearner start = new QuadraticLearner(0.1, 20, 0);
        SplittableRandom rng = new SplittableRandom(1);
        QuadraticTasks tasks = new QuadraticTasks(
                definite4(rng),
                Tensors.normal(rng, DType.FLOAT64, 1, 4),
                Tensors.normal(rng, DType.FLOAT64, 1, 4, 3),
                definite4(rng),
                Tensors.normal(rng, DType.FLOAT64, 1, 4));
        assertThatThrownBy(() ->
                        of(Contrast.SYMMETRIC, 0.1, 20).estimate(start, start.metaParameters(rng), tasks, CONTEXT))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("would leave init untrained");
    }

    private static Tensor definite4(SplittableRandom rng) {
        Tensor m = Tensors.normal(rng, DType.FLOAT64, 1, 4, 4);
        return m.matmul(m.transpose(1, 2)).mul(0.25).add(Tensors.eye(4, DType.FLOAT64));
    }
}
