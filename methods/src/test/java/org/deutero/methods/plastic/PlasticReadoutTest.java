package org.deutero.methods.plastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Normalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clamped labels write features into traces. */
@ExtendWith(InScope.class)
class PlasticReadoutTest {
    private static final Mlp NETWORK = new Mlp(List.of(72, 5, 3), Activation.TANH, Initializer.FAN_IN_UNIFORM);

    private static PlasticReadout learner(PlasticReadout.Loss loss) {
        return new PlasticReadout(NETWORK, TraceRule.OJA, true, 1000, loss, 0.5, 0.3, DType.FLOAT64);
    }

    /** Under the clamp Oja's rule is a running average of the features of each class: twice 0.3 of the way. */
    @Test
    void tracesAverageTheFeaturesOfTheirClass() {
        PlasticReadout learner = learner(PlasticReadout.Loss.CROSS_ENTROPY);
        Params theta = learner.metaParameters(new SplittableRandom(1));
        Episodes tasks = TestTasks.images(2);
        Params phi = TestTasks.adapted(learner, theta, tasks);
        Tensor f = NETWORK.features(theta, tasks.supportX(), Normalization.batch());
        for (int j = 0; j < 3; j++) {
            Tensor expected = f.select(1, 2L * j)
                    .mul(0.3 * 0.7)
                    .add(f.select(1, 2L * j + 1).mul(0.3));
            TestTasks.assertNear(phi.get("trace").select(2, j), expected, 1e-12);
        }
        Tensor weights =
                theta.get("l1.weight").transpose(0, 1).add(theta.get("alpha").mul(phi.get("trace")));
        Tensor logits =
                NETWORK.features(theta, tasks.queryX(), Normalization.batch()).matmul(weights);
        TaskContext context = TaskContext.evaluation(1, Params.EMPTY);
        TestTasks.assertNear(learner.predict(theta, phi, tasks, context.at(6, false)), logits, 1e-12);
        Params solution = learner.solution(theta, phi.map(t -> t.slice(0, 1, 2)), tasks, context.at(6, false));
        TestTasks.assertNear(learner.answer(solution, tasks.queryX().select(0, 1)), logits.select(0, 1), 1e-12);
    }

    @Test
    void everyClassCountsInTheBinaryCrossEntropy() {
        PlasticReadout learner = learner(PlasticReadout.Loss.BINARY_CROSS_ENTROPY);
        Params theta = learner.metaParameters(new SplittableRandom(1)).map(Tensors::zerosLike);
        Episodes tasks = TestTasks.images(1);
        TaskContext context = TaskContext.evaluation(1, Params.EMPTY);
        double loss = learner.metaLoss(theta, TestTasks.adapted(learner, theta, tasks), tasks, context.at(6, false))
                .item();
        assertThat(loss).isCloseTo((Math.log(3) + 2 * Math.log(1.5)) / 3, within(1e-6));
    }
}
