package org.deutero.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.adjoint.Reversible;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.options.OptionsException;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Undoing descent with momentum: exact while rounding errors, which grow as momentum^-T, are small; refused when they are not. */
class ReversibleTest {
    private static final int TASKS = 2;

    private static QuadraticTasks tasks(SplittableRandom rng) {
        Tensor root = Tensors.normal(rng, DType.FLOAT64, TASKS, 4, 4);
        Tensor eye = Tensors.eye(4, DType.FLOAT64).unsqueeze(0).expand(TASKS, 4, 4);
        return new QuadraticTasks(
                root.matmul(root.transpose(1, 2)).mul(0.1).add(eye),
                Tensors.normal(rng, DType.FLOAT64, TASKS, 4),
                Tensors.normal(rng, DType.FLOAT64, TASKS, 4, 3),
                eye,
                Tensors.normal(rng, DType.FLOAT64, TASKS, 4));
    }

    private static Estimate estimate(int steps, double momentum, double tolerance) {
        SplittableRandom rng = new SplittableRandom(5);
        MomentumQuadraticLearner learner = new MomentumQuadraticLearner(steps, 0.1);
        Params theta = learner.metaParameters(rng).with(Params.of("momentum", Tensor.of(new double[] {momentum}, 1)));
        QuadraticTasks tasks = tasks(rng);
        Estimate actual = new Reversible(tolerance).estimate(learner, theta, tasks, TaskContext.training(1));
        Estimate expected = Sweep.ALL.estimate(learner, theta, tasks, TaskContext.training(1));
        assertThat(actual.gradient().sub(expected.gradient()).norm())
                .isLessThan(Math.max(1e-9, 10 * tolerance) * expected.gradient().norm());
        return actual;
    }

    @Test
    void aHundredStepsInDoublePrecision() {
        try (Scope s = Scope.open()) {
            double error = estimate(100, 0.9, 1e-9)
                    .diagnostics()
                    .get("reversal-error")
                    .max(0)
                    .item();
            assertThat(error).isBetween(1e-16, 1e-9);
        }
    }

    @Test
    void lostDigitsAreNoticed() {
        try (Scope s = Scope.open()) {
            assertThatThrownBy(() -> estimate(200, 0.6, 1e-6))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageContaining("meta-gradient reversible got back to the start of the inner loop only to")
                    .hasMessageContaining("after 200 steps");
        }
    }
}
