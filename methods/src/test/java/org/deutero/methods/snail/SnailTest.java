package org.deutero.methods.snail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Normalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each query is the last item of a sequence of its own, and meta-training sees the shots in any order. */
@ExtendWith(InScope.class)
class SnailTest {
    private static final int WAY = 3;
    private static final Snail SNAIL = Snail.of(4, WAY, new Snail.Sizes(List.of(3, 4), List.of(2, 3), 2, 7, 1));

    private final Tensor support = Tensors.normal(new SplittableRandom(1), DType.FLOAT64, 2, 6, 4);
    private final Tensor queries = Tensors.normal(new SplittableRandom(2), DType.FLOAT64, 2, 5, 4);
    private final Tensor labels = TestTasks.labels(2, 2, 0, 1, 1, 0, 2);
    private final Params own = SNAIL.init(new SplittableRandom(3), DType.FLOAT64);

    @Test
    void logitsAreThoseOfOneSequenceAQuery() {
        Params memory = SNAIL.memory(own, support, labels, WAY);
        Tensor logits = SNAIL.logits(own, memory, queries, Normalization.batch());
        for (int i = 0; i < 5; i++) {
            Tensor features = Tensors.cat(List.of(support, queries.slice(1, i, i + 1)), 1);
            Tensor codes =
                    Tensors.cat(List.of(labels.oneHot(WAY, DType.FLOAT64), Tensors.zeros(DType.FLOAT64, 2, 1, WAY)), 1);
            Tensor all = SNAIL.layers().sequence(own.child("layers"), Tensors.cat(List.of(features, codes), 2));
            TestTasks.assertNear(logits.slice(1, i, i + 1), Linear.apply(own.child("out"), all.slice(1, 6, 7)), 1e-13);
        }
    }

    @Test
    void aTaskMayHaveFewerClassesButNotMore() {
        assertThat(SNAIL.memory(own, support, TestTasks.labels(2, 0, 0, 0, 1, 1, 1), 2)
                        .get("context")
                        .size(1))
                .isEqualTo(6);
        assertThatThrownBy(() -> SNAIL.memory(own, support, labels, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a task of 4 classes for a network of 3 outputs");
    }

    /** Orders are drawn from the seed of the batch; the learner in use takes shots as they come. */
    @Test
    void onlyMetaTrainingPutsShotsInRandomOrder() {
        Episodes tasks = new Episodes(support, labels, queries, TestTasks.labels(2, 0, 1, 2, 0, 1), WAY);
        MetricLearner learner = new MetricLearner(new Identity(), SNAIL, QueryStatistics.SUPPORT, DType.FLOAT64);
        Params theta = own.under("metric");
        Tensor expected = SNAIL.logits(own, SNAIL.memory(own, support, labels, WAY), queries, Normalization.batch());
        TestTasks.assertNear(TestTasks.outputs(learner, theta, tasks, Params.EMPTY), expected, 1e-13);
        Tensor first = trained(learner, theta, tasks, 1);
        TestTasks.assertNear(trained(learner, theta, tasks, 1), first, 0);
        assertThat(TestTasks.difference(trained(learner, theta, tasks, 2), first))
                .isGreaterThan(1e-5);
    }

    private static Tensor trained(MetricLearner learner, Params theta, Episodes tasks, long seed) {
        TaskContext context = TaskContext.training(seed);
        Params phi = TestTasks.adapted(learner, theta, tasks, context);
        return learner.predict(theta, phi, tasks, context.at(1, false));
    }
}
