package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
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
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of two weights starts with a gradient of zero, where the slope of Adam's root is infinite: derivatives must be finite all the same. */
@ExtendWith(InScope.class)
class AdamFromZeroTest {
    private record Idle(Adam adam) implements GradientLearner<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("start", Tensor.of(new double[] {0.5, 0.5}, 2));
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            Params weights = Params.of("start", theta.get("start")).expand(tasks.size());
            return weights.with(adam.init(weights).under("slots"));
        }

        @Override
        public Params weights(Params phi) {
            return phi.filter("start"::equals);
        }

        /** (phi_0 - 1)^2 + (phi_1 - 1/2)^2: the second starts where its gradient is exactly zero, and stays there. */
        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            Tensor minimum = Tensor.of(new double[] {1, 0.5}, 2);
            return phi.get("start").sub(minimum).square().sum(1);
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            Optimizer.Update update =
                    adam.update(gradient, phi.child("slots"), weights(phi), Rates.constant(0.1), context.step());
            return Step.of(update.params().with(update.state().under("slots")));
        }

        @Override
        public int steps(Episodes tasks) {
            return 3;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return phi.get("start").square().sum(1);
        }
    }

    private static final MetaGradient[] ESTIMATORS = {
        Unroll.FULL,
        Sweep.ALL,
        Sweep.SQRT,
        new MixedMode(Store.ALL),
        new FiniteDifference(1e-4, OptionalInt.empty()),
        new ForwardModeGradient(10)
    };

    private static Estimate estimate(MetaGradient estimator, Adam adam) {
        Tensor none = Tensors.zeros(DType.FLOAT64, 1, 1, 1);
        Idle learner = new Idle(adam);
        return estimator.estimate(
                learner,
                learner.metaParameters(null),
                new Episodes(none, none, none, none, 0),
                TaskContext.training(1));
    }

    @Test
    void gradientIsFinite() {
        for (MetaGradient e : ESTIMATORS) {
            Estimate estimate = estimate(e, Adam.DIFFERENTIABLE);
            assertThat(estimate.gradient().allFinite()).as(e.name()).isTrue();
            assertThat(estimate.losses().item()).as(e.name()).isBetween(0.6, 1.0);
        }
    }

    /** The guard does something: without it the numbers are lost. */
    @Test
    void withoutTheRootsEpsilonItIsNot() {
        assertThat(estimate(Unroll.FULL, Adam.DEFAULT).gradient().allFinite()).isFalse();
    }
}
