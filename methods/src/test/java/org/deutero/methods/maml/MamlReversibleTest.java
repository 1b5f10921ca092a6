package org.deutero.methods.maml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Estimate;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Reversible;
import org.deutero.learn.gradient.Sweep;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MAML with momentum inside, its steps undone on the way back. */
@ExtendWith(InScope.class)
class MamlReversibleTest {
    private final SplittableRandom rng = new SplittableRandom(2);
    private final Episodes tasks = new Episodes(
            Tensors.normal(rng, DType.FLOAT64, 3, 5, 2),
            Tensors.normal(rng, DType.FLOAT64, 3, 5, 1),
            Tensors.normal(rng, DType.FLOAT64, 3, 5, 2),
            Tensors.normal(rng, DType.FLOAT64, 3, 5, 1),
            0);

    private static Maml learner(Optimizer optimizer, boolean learnedRates) {
        return new Maml(
                new Mlp(List.of(2, 6, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM),
                Objective.SQUARED_ERROR,
                Adaptation.ALL,
                learnedRates
                        ? InnerLoop.learned(optimizer, 0.02, InnerLoop.Granularity.WEIGHT, 20, 20)
                        : InnerLoop.of(optimizer, 0.05, 20, 20),
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    @Test
    void sameGradientAsTheSweep() {
        for (boolean learnedRates : new boolean[] {false, true}) {
            Maml learner = learner(new Sgd(0.9, false), learnedRates);
            Params theta = learner.metaParameters(rng);
            Estimate expected = Sweep.ALL.estimate(learner, theta, tasks, TaskContext.training(1));
            Estimate actual = new Reversible(1e-8).estimate(learner, theta, tasks, TaskContext.training(1));
            assertThat(actual.gradient().sub(expected.gradient()).norm())
                    .isLessThan(1e-10 * expected.gradient().norm());
            assertThat(actual.losses().doubles())
                    .containsExactly(expected.losses().doubles());
        }
    }

    @Test
    void withoutMomentumThereIsNothingToUndoItWith() {
        for (Optimizer optimizer : List.of(Sgd.PLAIN, new Sgd(0.9, true))) {
            Maml learner = learner(optimizer, false);
            assertThatThrownBy(() -> new Reversible(1e-8).require(learner))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageContaining("expected method.inner-optimizer: momentum");
        }
    }
}
