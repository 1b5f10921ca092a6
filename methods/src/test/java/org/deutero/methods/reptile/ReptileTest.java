package org.deutero.methods.reptile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.deutero.learn.Estimate;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.ReptileDirection;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class ReptileTest {
    private static final int SUPPORT = 6;
    private static final int POOL = 11;

    private final Episodes tasks = TestTasks.regression();

    /** The rows of one task over several steps, as one list. */
    private List<Long> rows(MiniBatches batches, TaskContext context, int task, int steps) {
        List<Long> rows = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            for (long row :
                    batches.rows(tasks, context.at(t, false)).select(0, task).longs()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static Long[] upTo(int n) {
        return LongStream.range(0, n).boxed().toArray(Long[]::new);
    }

    @Test
    void batchesRunThroughThePoolBeforeItIsShuffledAgain() {
        MiniBatches batches = MiniBatches.shuffled(4, 4);
        for (int task = 0; task < tasks.size(); task++) {
            List<Long> rows = rows(batches, TaskContext.training(9), task, POOL);
            for (int round = 0; round < 4; round++) {
                assertThat(rows.subList(round * POOL, (round + 1) * POOL)).containsExactlyInAnyOrder(upTo(POOL));
            }
            assertThat(rows.subList(0, POOL)).isNotEqualTo(rows.subList(POOL, 2 * POOL));
        }
        assertThat(rows(batches, TaskContext.training(9), 0, 3))
                .isNotEqualTo(rows(batches, TaskContext.training(9), 1, 3));
        assertThat(rows(batches, TaskContext.training(9), 0, 3))
                .isNotEqualTo(rows(batches, TaskContext.training(10), 0, 3));
    }

    @Test
    void aStepThatIsRunAgainTakesTheSameRows() {
        MiniBatches batches = MiniBatches.shuffled(4, 4);
        StepContext context = TaskContext.training(9).at(5, false);
        long[] rows = batches.rows(tasks, context).longs();
        batches.rows(tasks, TaskContext.training(9).at(6, false));
        assertThat(batches.rows(tasks, TaskContext.training(9).replay().at(5, true))
                        .longs())
                .containsExactly(rows);
    }

    @Test
    void onlySupportIsTrainedOnInUse() {
        MiniBatches batches = MiniBatches.shuffled(4, 3);
        TaskContext use = TaskContext.evaluation(9, Params.EMPTY);
        assertThat(batches.rows(tasks, use.at(0, false)).shape()).containsExactly(3, 3);
        assertThat(rows(batches, use, 0, 2)).containsExactlyInAnyOrder(upTo(SUPPORT));
        assertThat(rows(batches, use, 0, 20)).allMatch(r -> r < SUPPORT);
    }

    @Test
    void batchesLargerThanThePoolAreThePool() {
        MiniBatches batches = MiniBatches.shuffled(100, 100);
        assertThat(rows(batches, TaskContext.training(9), 0, 1)).containsExactlyInAnyOrder(upTo(POOL));
        assertThat(rows(batches, TaskContext.evaluation(9, Params.EMPTY), 0, 1))
                .containsExactlyInAnyOrder(upTo(SUPPORT));
    }

    private static Reptile reptile(MiniBatches batches) {
        return new Reptile(
                Mlp.of(2, 4, 1),
                Objective.SQUARED_ERROR,
                new Adam(0, 0.999, 1e-8, 0, 0),
                0.02,
                4,
                6,
                batches,
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    @Test
    void theDirectionIsStartMinusEndSummedOverTasks() {
        Reptile learner = reptile(MiniBatches.shuffled(4, 4));
        Params theta = learner.metaParameters(new SplittableRandom(1));
        Params end = TestTasks.adapted(learner, theta, tasks).filter(n -> !n.startsWith("slots."));
        Estimate e = new ReptileDirection().estimate(learner, theta, tasks, TaskContext.training(1));
        assertNear(e.gradient(), theta.expand(3).sub(end).map(t -> t.sum(0)), 1e-14);
        assertThat(e.gradient().norm()).isGreaterThan(1e-2);
    }

    @Test
    void queriesDoNotTouchTheWeightsInUse() {
        Reptile learner = reptile(MiniBatches.shuffled(4, 4));
        Params theta = learner.metaParameters(new SplittableRandom(1));
        Tensor expected = TestTasks.outputs(learner, theta, tasks, Params.EMPTY);
        Episodes other = new Episodes(
                tasks.supportX(),
                tasks.supportY(),
                tasks.queryX(),
                tasks.queryY().mul(-5),
                0);
        assertNear(TestTasks.outputs(learner, theta, other, Params.EMPTY), expected, 0);
        assertThat(TestTasks.difference(
                        TestTasks.adapted(learner, theta, other).get("l0.weight"),
                        TestTasks.adapted(learner, theta, tasks).get("l0.weight")))
                .isGreaterThan(1e-3);
    }

    /** Rows pick example and target together, each task from its own pool. */
    @Test
    void oneStepOnGivenRowsIsOneStepOnThoseExamples() {
        long[][] chosen = {{7, 0}, {10, 3}, {2, 6}};
        MiniBatches given = (t, c) ->
                Tensor.of(Arrays.stream(chosen).flatMapToLong(Arrays::stream).toArray(), 3, 2);
        Mlp net = Mlp.of(2, 4, 1);
        Reptile learner = new Reptile(
                net, Objective.SQUARED_ERROR, Sgd.PLAIN, 0.1, 1, 1, given, QueryStatistics.BATCH, DType.FLOAT64);
        Params theta = learner.metaParameters(new SplittableRandom(1));
        Params phi = TestTasks.adapted(learner, theta, tasks);
        for (int task = 0; task < 3; task++) {
            Params leaf = theta.leaf();
            Tensor loss = null;
            for (long row : chosen[task]) {
                Tensor x = row < SUPPORT
                        ? tasks.supportX().select(0, task).slice(0, row, row + 1)
                        : tasks.queryX().select(0, task).slice(0, row - SUPPORT, row - SUPPORT + 1);
                Tensor y = row < SUPPORT
                        ? tasks.supportY().select(0, task).slice(0, row, row + 1)
                        : tasks.queryY().select(0, task).slice(0, row - SUPPORT, row - SUPPORT + 1);
                Tensor error = net.apply(leaf, x.unsqueeze(0))
                        .sub(y.unsqueeze(0))
                        .square()
                        .sum()
                        .mul(0.5);
                loss = loss == null ? error : loss.add(error);
            }
            Params expected = theta.addScaled(org.deutero.tensor.Autograd.gradient(loss, leaf, false), -0.1);
            assertNear(phi.task(task), expected, 1e-14);
        }
    }
}
