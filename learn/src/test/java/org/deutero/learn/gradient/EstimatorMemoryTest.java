package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.Pointer;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.gradient.adjoint.FiniteDifference;
import org.deutero.learn.gradient.adjoint.IdentityJacobian;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;

/** How many native objects estimators hold at once, measured at the beginning of every step they run. */
class EstimatorMemoryTest {
    /** A state of {@link NoisyRegression} with plain descent: two tensors. */
    private static final int STATE = 2;

    private static final class Measured implements GradientLearner<Episodes> {
        private final GradientLearner<Episodes> learner;
        private long peak;

        Measured(GradientLearner<Episodes> learner) {
            this.learner = learner;
        }

        @Override
        public Params metaParameters(RandomGenerator rng) {
            return learner.metaParameters(rng);
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return learner.begin(theta, tasks, context);
        }

        @Override
        public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
            Step step = learner.step(theta, phi, tasks, context);
            peak = Math.max(peak, Pointer.totalCount());
            return step;
        }

        @Override
        public Params weights(Params phi) {
            return learner.weights(phi);
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            peak = Math.max(peak, Pointer.totalCount());
            return learner.innerLoss(theta, phi, tasks, context);
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return learner.update(theta, phi, gradient, tasks, context);
        }

        @Override
        public int steps(Episodes tasks) {
            return learner.steps(tasks);
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return learner.metaLoss(theta, phi, tasks, context);
        }
    }

    /** Native objects a step adds to the peak, from 16 to 64 steps. */
    private static double growth(MetaGradient estimator) {
        return (peak(estimator, 64) - peak(estimator, 16)) / 48.0;
    }

    private static long peak(MetaGradient estimator, int steps) {
        long peak = 0;
        for (int repetition = 0; repetition < 2; repetition++) {
            try (Scope s = Scope.open()) {
                long before = Pointer.totalCount();
                var learner = new Measured(new NoisyRegression(Sgd.PLAIN, steps, false));
                // Not the first iteration, at which some estimators refuse to leave this learner's start untrained.
                TaskContext context = TaskContext.training(1, 1, Params.EMPTY, observed -> {});
                estimator.estimate(learner, NoisyRegression.theta(), NoisyRegression.tasks(), context);
                peak = learner.peak - before;
            }
        }
        return peak;
    }

    @Test
    void sweepKeepsOneStateAStep() {
        assertThat(growth(Sweep.ALL)).isBetween(STATE - 0.1, STATE + 0.1);
        assertThat(growth(new MixedMode(Store.ALL))).isBetween(STATE - 0.1, STATE + 0.1);
        assertThat(growth(new FiniteDifference(1e-3, OptionalInt.empty()))).isBetween(STATE - 0.1, STATE + 0.1);
    }

    @Test
    void sweepWithFewerStoredStatesGrowsWithTheRoot() {
        // From 4 + 4 to 8 + 8 states.
        assertThat(growth(Sweep.SQRT)).isBetween(0.0, 0.5);
        assertThat(growth(new MixedMode(Store.SQRT))).isBetween(0.0, 0.5);
    }

    @Test
    void withoutGoingBackTheLastStatesAreEnough() {
        assertThat(growth(new ReptileDirection())).isBetween(-0.1, 0.1);
        assertThat(growth(new Truncated(3))).isBetween(-0.1, 0.1);
        assertThat(growth(new ForwardModeGradient(10))).isBetween(-0.1, 0.1);
        assertThat(growth(new Implicit(new ConjugateGradient(3, 0), 1))).isBetween(-0.1, 0.1);
    }

    @Test
    void estimatorsLeaveNothingButTheirResult() {
        for (MetaGradient e : new MetaGradient[] {
            Unroll.FULL,
            Unroll.FIRST_ORDER,
            Sweep.ALL,
            Sweep.SQRT,
            new MixedMode(Store.ALL),
            new MixedMode(Store.SQRT),
            new FiniteDifference(1e-3, OptionalInt.empty()),
            new Truncated(9),
            new ForwardModeGradient(10),
            new IdentityJacobian(),
            new ReptileDirection()
        }) {
            try (Scope s = Scope.open()) {
                Params theta = NoisyRegression.theta();
                Episodes tasks = NoisyRegression.tasks();
                long before = Pointer.totalCount();
                e.estimate(new NoisyRegression(Sgd.PLAIN, 9, true), theta, tasks, TaskContext.training(1));
                assertThat(Pointer.totalCount() - before).as(e.name()).isLessThanOrEqualTo(theta.size() + 1);
            }
        }
    }
}
