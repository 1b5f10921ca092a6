package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.deutero.learn.InScope;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.adjoint.FiniteDifference;
import org.deutero.learn.gradient.adjoint.IdentityJacobian;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.gradient.solver.NeumannSeries;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Training runs in float32: every estimator must work there, and agree with the exact gradient as well as seven digits allow. */
@ExtendWith(InScope.class)
class SinglePrecisionTest {
    private static Estimate estimate(MetaGradient estimator, DType type) {
        NoisyRegression learner = new NoisyRegression(new Adam(0.9, 0.99, 1e-8, 1e-4, 0), 5, true, type);
        Episodes tasks = NoisyRegression.tasks().to(type);
        TaskContext context = TaskContext.training(1, 1, Params.EMPTY, observed -> {});
        return estimator.estimate(learner, NoisyRegression.theta().to(type), tasks, context);
    }

    @Test
    void exactEstimatorsGiveSixDigits() {
        Params exact = estimate(Unroll.FULL, DType.FLOAT64).gradient();
        for (MetaGradient e : List.of(
                Unroll.FULL,
                Sweep.ALL,
                Sweep.SQRT,
                new MixedMode(Store.ALL),
                new ForwardModeGradient(10),
                new Truncated(5))) {
            Params single = estimate(e, DType.FLOAT32).gradient();
            assertThat(single.values()).allMatch(t -> t.dtype() == DType.FLOAT32);
            assertThat(single.to(DType.FLOAT64).sub(exact).norm()).as(e.name()).isLessThan(1e-5 * exact.norm());
        }
        Params differences = estimate(new FiniteDifference(0.01, OptionalInt.empty()), DType.FLOAT32)
                .gradient();
        assertThat(differences.to(DType.FLOAT64).sub(exact).norm()).isLessThan(0.02 * exact.norm());
    }

    @Test
    void approximationsAreFinite() {
        for (MetaGradient e : List.of(
                new IdentityJacobian(),
                Unroll.FIRST_ORDER,
                new Implicit(new ConjugateGradient(3, 1e-10), 1),
                new Implicit(new NeumannSeries(3, 0.1), 0),
                new Implicit(new DenseSolve(10), 1))) {
            Estimate estimate = estimate(e, DType.FLOAT32);
            assertThat(estimate.gradient().allFinite()).as(e.name()).isTrue();
            assertThat(estimate.diagnostics().allFinite()).as(e.name()).isTrue();
        }
    }
}
