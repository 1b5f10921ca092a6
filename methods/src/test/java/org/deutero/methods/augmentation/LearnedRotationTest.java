package org.deutero.methods.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.learn.gradient.EvoGrad;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.BilevelMetaAlgorithm;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One learned angle beside a classifier. */
@ExtendWith(InScope.class)
class LearnedRotationTest {
    private static final Network NETWORK = TestTasks.convNet(3);
    private static final ModelTraining TRAINING = ModelTraining.of(Sgd.PLAIN, 0.1);
    private static final LearnedRotation LEARNER = new LearnedRotation(NETWORK, TRAINING, true, DType.FLOAT64);

    private final Episodes tasks = TestTasks.images(2);
    private final Params theta =
            LEARNER.metaParameters(new SplittableRandom(3)).with(Params.of("angle", Tensor.of(new double[] {0.2}, 1)));

    private Estimate hyper(MetaGradient gradient, double angle) {
        Predictor<Episodes> part = BilevelMetaAlgorithm.hyperPart(LEARNER, theta);
        Params own = Params.of("angle", Tensor.of(new double[] {angle}, 1));
        return gradient.estimate(part, own, tasks, TaskContext.training(1, 1, LEARNER.statistics(), seen -> {}));
    }

    /** The sampling of pixels has first derivatives only, and the exact hyper-gradient of one step needs no more. */
    @Test
    void theExactHyperGradientIsThatOfDifferences() {
        double h = 1e-6;
        double slope = (hyper(Unroll.FULL, 0.2 + h).losses().sum().item()
                        - hyper(Unroll.FULL, 0.2 - h).losses().sum().item())
                / (2 * h);
        double exact = hyper(Unroll.FULL, 0.2).gradient().get("angle").item();
        assertThat(Math.abs(exact)).isGreaterThan(1e-3);
        assertThat(exact).isCloseTo(slope, within(1e-6));
        assertThat(hyper(Sweep.ALL, 0.2).gradient().get("angle").item()).isCloseTo(exact, within(1e-12));
    }

    /** Many copies know the direction. */
    @Test
    void aPopulationKnowsTheSign() {
        EvoGrad many = new EvoGrad(400, 1e-3, 0.05, EvoGrad.Noise.SIGN, true);
        double exact = hyper(Unroll.FULL, 0.2).gradient().get("angle").item();
        assertThat(hyper(many, 0.2).gradient().get("angle").item() * Math.signum(exact))
                .isPositive();
    }

    @Test
    void withoutAnAngleThereIsOnlyTheModel() {
        LearnedRotation plain = new LearnedRotation(NETWORK, TRAINING, false, DType.FLOAT64);
        assertThat(plain.metaParameters(new SplittableRandom(3)).names()).allMatch(name -> name.startsWith("model."));
        TaskContext context = TaskContext.training(1);
        Params weights = theta.child("model").expand(2);
        Params upright = theta.with(Params.of("angle", Tensor.of(new double[] {0}, 1)));
        double[] none =
                plain.innerLoss(theta, weights, tasks, context.at(0, false)).doubles();
        assertThat(LEARNER.innerLoss(upright, weights, tasks, context.at(0, false))
                        .doubles())
                .containsExactly(none, within(1e-12));
        assertThat(LEARNER.innerLoss(theta, weights, tasks, context.at(0, false))
                        .doubles())
                .isNotEqualTo(none);
    }
}
