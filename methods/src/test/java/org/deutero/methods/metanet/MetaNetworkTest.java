package org.deutero.methods.metanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

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
import org.deutero.tensor.nn.Initializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Features of gradients, tasks that do not mix, and what is left without fast weights. */
@ExtendWith(InScope.class)
class MetaNetworkTest {
    private static final int TASKS = 4;
    private static final TaskContext CONTEXT = TaskContext.training(1);

    private static MetaNetwork learner(boolean fastEmbedding, boolean memory) {
        return new MetaNetwork(
                new AugmentedNetwork(List.of(72, 6, 5, 3), Initializer.FAN_IN_UNIFORM),
                new FastWeightGenerator(4, Initializer.FAN_IN_UNIFORM),
                5,
                true,
                fastEmbedding,
                memory,
                false,
                DType.FLOAT64);
    }

    private static Tensor logits(MetaNetwork learner, Params theta, Episodes tasks, TaskContext context) {
        Params phi =
                learner.step(theta, Params.EMPTY, tasks, context.at(0, false)).state();
        return learner.predict(theta, phi, tasks, context.at(1, false));
    }

    /** Two branches: log and sign of large gradients, the scaled value of small ones. */
    @Test
    void featuresHaveTwoBranches() {
        double small = Math.exp(-9);
        double[] f = GradientFeatures.of(Tensor.of(new double[] {0.5, -0.5, small, -small, 0}, 5))
                .doubles();
        double log = Math.log(0.5) / 7;
        double scaled = Math.exp(-2);
        double[] expected = {log, 1, log, -1, -1, scaled, -1, -scaled, -1, 0};
        assertThat(f).containsExactly(expected, within(1e-6));
    }

    @Test
    void tasksDoNotMix() {
        for (boolean fastEmbedding : new boolean[] {true, false}) {
            MetaNetwork learner = learner(fastEmbedding, true);
            Params theta = learner.metaParameters(new SplittableRandom(3));
            assertThat(theta.child("d").isEmpty()).isEqualTo(!fastEmbedding);
            Episodes tasks = TestTasks.images(TASKS);
            MetaNetwork inOrder = new MetaNetwork(
                    learner.network(), learner.generator(), 5, false, fastEmbedding, true, false, DType.FLOAT64);
            Tensor together = logits(inOrder, theta, tasks, CONTEXT);
            for (int i = 0; i < TASKS; i++) {
                assertNear(logits(inOrder, theta, tasks.slice(i, i + 1), CONTEXT), together.slice(0, i, i + 1), 1e-12);
            }
        }
    }

    /** Slow weights alone say the same whatever the support set was. */
    @Test
    void withoutFastWeightsNothingIsKnownOfATask() {
        Params theta = learner(true, true).metaParameters(new SplittableRandom(3));
        Episodes tasks = TestTasks.images(TASKS);
        Episodes other = new Episodes(
                tasks.supportX(), TestTasks.labels(TASKS, 1, 2, 0, 2, 1, 0), tasks.queryX(), tasks.queryY(), 3);
        assertThat(TestTasks.difference(
                        logits(learner(true, false), theta, tasks, CONTEXT),
                        logits(learner(true, false), theta, other, CONTEXT)))
                .isZero();
        assertThat(TestTasks.difference(
                        logits(learner(true, true), theta, tasks, CONTEXT),
                        logits(learner(true, true), theta, other, CONTEXT)))
                .isGreaterThan(1e-4);
    }

    /** Chunks are as equal as can be, and cover all items. */
    @Test
    void sequencesAreCutIntoChunks() {
        Params d = new FastWeightGenerator(3, Initializer.FAN_IN_UNIFORM)
                .initialFromSequence(new SplittableRandom(1), DType.FLOAT64);
        Tensor gradients = Tensors.normal(new SplittableRandom(2), DType.FLOAT64, 2, 4, 7);
        Tensor pairs = gradients.reshape(2, 2, 2, 7).mean(2);
        assertNear(
                FastWeightGenerator.fromSequence(d, gradients, 2),
                FastWeightGenerator.fromSequence(d, pairs, 9),
                1e-12);
        assertThat(FastWeightGenerator.fromSequence(d, gradients, 3).shape()).containsExactly(2, 7);
    }
}
