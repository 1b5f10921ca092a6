package org.deutero.methods.metric;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.ReptileDirection;
import org.deutero.methods.QueryStatistics;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.junit.jupiter.api.Test;

class ReptileMisfitTest {
    @Test
    void reptileRefusesALearnerThatAdaptsNoWeights() {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(1);
            MetricLearner learner =
                    new MetricLearner(Mlp.of(3, 4, 2), Prototypes.EUCLIDEAN, QueryStatistics.RUNNING, DType.FLOAT32);
            Tensor x = Tensors.normal(rng, DType.FLOAT32, 1, 4, 3);
            Tensor y = Tensor.of(new long[] {0, 0, 1, 1}, 1, 4);
            Episodes tasks = new Episodes(x, y, x, y, 2);
            assertThatThrownBy(() -> new ReptileDirection()
                            .estimate(learner, learner.metaParameters(rng), tasks, TaskContext.training(1)))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageContaining("adapts copies of its meta-parameters")
                    .hasMessageContaining("prototypes");
        }
    }
}
