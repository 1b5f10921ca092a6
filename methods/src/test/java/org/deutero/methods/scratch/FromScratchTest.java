package org.deutero.methods.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.StreamBatches;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.synthetic.Plane;
import org.deutero.tasks.synthetic.PlaneTasks;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class FromScratchTest {
    private static FromScratch learner(int batch, int passes) {
        return new FromScratch(
                new Mlp(List.of(2, 16, 2), Activation.TANH, Initializer.FAN_IN_UNIFORM),
                Objective.CROSS_ENTROPY,
                Sgd.PLAIN,
                1,
                new StreamBatches(batch, passes),
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    private static Episodes plane(int support) {
        return new PlaneTasks(List.of(Plane.AND), 2, support, 200)
                .sample(2, new SplittableRandom(1))
                .to(DType.FLOAT64);
    }

    @Test
    void everyTaskStartsWithANetworkOfItsOwn() {
        Params start = learner(10, 1).begin(Params.EMPTY, plane(10), TestTasks.evaluation(0, Params.EMPTY));
        Tensor weight = start.get("l0.weight");
        assertThat(TestTasks.difference(weight.select(0, 0), weight.select(0, 1)))
                .isGreaterThan(0.1);
    }

    @Test
    void itLearns() {
        Episodes tasks = plane(2000);
        Tensor outputs = TestTasks.outputs(learner(50, 1), Params.EMPTY, tasks, Params.EMPTY);
        assertThat(Losses.accuracy(outputs, tasks.queryY()).floats()).hasSize(2);
        assertThat(Losses.accuracy(outputs, tasks.queryY()).mean().item()).isGreaterThan(0.85);
    }

    @Test
    void batchesGoThroughTheStreamFromTheFrontAndOverAgain() {
        Episodes tasks = plane(7);
        StreamBatches batches = new StreamBatches(3, 2);
        assertThat(batches.steps(tasks)).isEqualTo(6);
        assertThat(batches.x(tasks, 2).shape()).containsExactly(2, 1, 2);
        TestTasks.assertNear(batches.x(tasks, 4), tasks.supportX().slice(1, 3, 6), 0);
        assertThat(batches.y(tasks, 1).longs())
                .containsExactly(tasks.supportY().slice(1, 3, 6).longs());
    }
}
