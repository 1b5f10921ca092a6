package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.deutero.learn.InScope;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.adjoint.FiniteDifference;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Reversible;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.gradient.solver.NeumannSeries;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Estimators refuse learners that do not satisfy their premise, and say why. */
@ExtendWith(InScope.class)
class MisfitTest {
    private static final NoisyRegression DESCENT = new NoisyRegression(Sgd.PLAIN, 5, false);

    static final MetaGradient[] WANT_AN_INNER_LOSS = {
        new MixedMode(Store.ALL),
        new FiniteDifference(1e-3, OptionalInt.empty()),
        new Implicit(new ConjugateGradient(3, 0), 0),
        new Implicit(new NeumannSeries(3, 0.1), 0),
        new Implicit(new DenseSolve(10), 0)
    };

    /** The same steps, but no inner loss to be seen. */
    private record Opaque(Learner<Episodes> learner) implements Learner<Episodes> {
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
            return learner.step(theta, phi, tasks, context);
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

    private static void estimate(MetaGradient estimator, Learner<Episodes> learner) {
        estimator.estimate(learner, NoisyRegression.theta(), NoisyRegression.tasks(), TaskContext.training(1));
    }

    @ParameterizedTest
    @FieldSource("WANT_AN_INNER_LOSS")
    void anInnerLossIsNeeded(MetaGradient estimator) {
        assertThat(estimator.misfit(DESCENT)).isEmpty();
        assertThat(estimator.misfit(new Opaque(DESCENT))).isPresent();
        assertThatThrownBy(() -> estimate(estimator, new Opaque(DESCENT)))
                .isInstanceOf(OptionsException.class)
                .hasMessage(
                        "meta-gradient " + estimator.name()
                                + " does not fit this method: it needs a learner that follows the gradient of an inner loss, and this one does not");
    }

    @Test
    void onlyMomentumCanBeUndone() {
        assertThatThrownBy(() -> estimate(new Reversible(1e-3), DESCENT))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("its steps cannot be undone");
    }

    /** The start is learned, so estimators that do not go back to it would silently leave it as it is. */
    @Test
    void aStartThatWouldStayUntrainedIsNoticed() {
        assertThatThrownBy(() -> estimate(new Truncated(2), DESCENT))
                .isInstanceOf(OptionsException.class)
                .hasMessageStartingWith("going back over the last 2 of 5 steps would leave w, b untrained");
        assertThatThrownBy(() -> estimate(new Implicit(new ConjugateGradient(3, 0), 1), DESCENT))
                .isInstanceOf(OptionsException.class)
                .hasMessageStartingWith("meta-gradient implicit-cg would leave w, b untrained");
        estimate(new Truncated(5), DESCENT);
    }

    @Test
    void sizesAreLimited() {
        assertThatThrownBy(() -> estimate(new ForwardModeGradient(6), DESCENT))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("there are 7; expected at most 6");
        assertThatThrownBy(() -> estimate(new Implicit(new DenseSolve(2), 0), DESCENT))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("there are 3; expected at most 2");
    }
}
