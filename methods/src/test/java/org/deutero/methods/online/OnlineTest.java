package org.deutero.methods.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.methods.InScope;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nearest neighbours and training from scratch, written out. */
@ExtendWith(InScope.class)
class OnlineTest {
    private static final int TASKS = 2;
    private static final int LENGTH = 8;
    private static final int WAY = 3;
    private static final TaskContext USE = TaskContext.evaluation(1, Params.EMPTY);
    private final Tensor x = Tensors.normal(new SplittableRandom(1), DType.FLOAT64, TASKS, LENGTH, 2);
    private final Sequences tasks = new Sequences(
            x, Tensor.of(new long[] {0, 1, 2, 1, 0, 2, 1, 0, 2, 2, 1, 0, 0, 1, 2, 1}, TASKS, LENGTH), WAY);

    @Test
    void theNearestItemSoFarAnswers() {
        double[] answers = new OnlineNeighbour(TaskShape.classes(2, WAY), DType.FLOAT64)
                .answers(Params.EMPTY, tasks, USE)
                .doubles();
        double[] items = x.doubles();
        long[] labels = tasks.answers().longs();
        for (int task = 0; task < TASKS; task++) {
            for (int t = 1; t < LENGTH; t++) {
                for (int c = 0; c < WAY; c++) {
                    double nearest = Double.POSITIVE_INFINITY;
                    for (int i = 0; i < t; i++) {
                        int a = (task * LENGTH + i) * 2;
                        int b = (task * LENGTH + t) * 2;
                        if (labels[task * LENGTH + i] == c) {
                            nearest = Math.min(
                                    nearest,
                                    Math.pow(items[a] - items[b], 2) + Math.pow(items[a + 1] - items[b + 1], 2));
                        }
                    }
                    double logit = answers[(task * LENGTH + t) * WAY + c];
                    if (Double.isInfinite(nearest)) {
                        assertThat(logit).isLessThan(-1e8);
                    } else {
                        assertThat(logit).isCloseTo(-nearest, within(1e-12));
                    }
                }
            }
        }
    }

    @Test
    void numbersAreThoseOfTheNearestItem() {
        Sequences curves = new Sequences(
                Tensor.of(new double[] {0, 1, 0.2, 0.9}, 1, 4, 1), Tensor.of(new double[] {5, 7, 6, 8}, 1, 4, 1), 0);
        assertThat(new OnlineNeighbour(TaskShape.regression(1, 1), DType.FLOAT64)
                        .answers(Params.EMPTY, curves, USE)
                        .doubles())
                .containsExactly(0, 5, 5, 7);
    }

    /** A linear network by plain descent, on all items so far and on the last. */
    @Test
    void weightsFollowTheGradientOfWhatWasTold() {
        for (boolean again : new boolean[] {true, false}) {
            OnlineTraining learner = new OnlineTraining(
                    Mlp.of(2, WAY), Objective.CROSS_ENTROPY, new Sgd(0, false), 0.3, 2, again, DType.FLOAT64);
            Lifetime<Sequences> life = new Lifetime<>(learner, Params.EMPTY, tasks, USE);
            Params weights = life.begin(false).child("weights");
            for (int t = 0; t < 3; t++) {
                for (int k = 0; k < 2; k++) {
                    int from = again ? 0 : t;
                    Params at = weights.leaf();
                    Tensor logits = Mlp.of(2, WAY).apply(at, x.slice(1, from, t + 1));
                    Tensor loss = Losses.crossEntropy(logits, tasks.answers().slice(1, from, t + 1))
                            .sum();
                    weights = weights.addScaled(Autograd.gradient(loss, at, false), -0.3);
                }
            }
            Params after = life.run(life.start(Trace.NONE), 3, Trace.NONE, Lifetime.Visitor.NONE)
                    .state();
            assertNear(after.child("weights"), weights, 1e-12);
        }
    }

    @Test
    void aNetworkWithRunningStatisticsIsRefused() {
        assertThatThrownBy(() -> OnlineMethods.TRAINING.learner(
                        TaskKind.SEQUENCES,
                        Options.of(Map.of()),
                        Options.of(Map.of("type", "conv4", "filters", 4)),
                        TaskShape.images(1, 28, 5)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("running statistics");
        assertThat(List.of(OnlineMethods.NEIGHBOUR.name(), OnlineMethods.TRAINING.name()))
                .containsExactly("online-nearest-neighbour", "online-sgd");
    }
}
