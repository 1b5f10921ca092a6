package org.deutero.methods.blur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.learn.MetaState;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evaluate.Directions;
import org.deutero.learn.evaluate.Directions.Move;
import org.deutero.learn.evaluate.Measure;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.StreamBatches;
import org.deutero.methods.scratch.FromScratch;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Steps beside the gradient's direction, where the angle is known. */
@ExtendWith(InScope.class)
class DirectionsTest {
    private static final int BATCH = 4;
    private static final int STEPS = 5;

    private static Episodes tasks() {
        SplittableRandom rng = new SplittableRandom(3);
        int n = BATCH * STEPS;
        Tensor x = Tensors.normal(rng, DType.FLOAT64, 3, n, 6);
        Tensor y = Tensor.of(rng.longs(3L * n, 0, 3).toArray(), 3, n);
        return new Episodes(x, y, x, y, 3);
    }

    private static FromScratch descent(Optimizer optimizer, double rate) {
        return new FromScratch(
                new Mlp(List.of(6, 3), Activation.TANH, Initializer.FAN_IN_UNIFORM),
                Objective.CROSS_ENTROPY,
                optimizer,
                rate,
                new StreamBatches(BATCH, 1),
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    private static List<Map<String, Move>> follow(Predictor<Episodes> learner, int limit) {
        Params theta = learner.metaParameters(new SplittableRandom(1));
        return Directions.of(
                        learner,
                        new MetaState(0, theta, Params.EMPTY, Params.EMPTY),
                        tasks(),
                        limit,
                        Measure.CROSS_ENTROPY,
                        Episodes::upcoming,
                        7)
                .steps();
    }

    @Test
    void gradientDescentGoesWhereTheGradientGoes() {
        List<Map<String, Move>> steps = follow(descent(Sgd.PLAIN, 0.3), 100);
        assertThat(steps).hasSize(STEPS);
        for (Map<String, Move> step : steps) {
            assertThat(step).containsOnlyKeys("l0.weight", "l0.bias", Directions.ALL);
            for (Move move : step.values()) {
                assertThat(move.cosine()).hasSize(3);
                for (int task = 0; task < 3; task++) {
                    assertThat(move.cosine()[task]).isCloseTo(1, within(1e-9));
                    assertThat(move.rate()[task]).isCloseTo(0.3, within(1e-9));
                }
            }
        }
    }

    /** Its parts too, though they are drawn and named by another learner altogether. */
    @Test
    void theGenomeOfBackPropagationIsGradientDescent() {
        Blur blur = Backpropagation.learner(List.of(5), 0.2, BATCH, Objective.CROSS_ENTROPY, DType.FLOAT64);
        for (Map<String, Move> step : follow(blur, 3)) {
            assertThat(step.get(Directions.ALL).cosine()[0]).isCloseTo(1, within(1e-9));
        }
    }

    /** The first step of Adam is the sign of the gradient. */
    @Test
    void theFirstStepOfAdamHasTheAngleOfSigns() {
        FromScratch adam = descent(new Adam(0.9, 0.999, 0, 0, 0), 0.01);
        Move first = follow(adam, 1).get(0).get("l0.weight");
        FromScratch plain = descent(Sgd.PLAIN, 1);
        double root = Math.sqrt(18);
        // |g|_2 by the two rates: 0.01 sqrt(n) / |g|_2 and |g|_1 / (sqrt(n) |g|_2).
        double norm = 0.01 * root / first.rate()[1];
        assertThat(norm).isPositive();
        assertThat(first.cosine()[1]).isBetween(1 / root, 1.0 - 1e-6);
        Move same = follow(plain, 1).get(0).get("l0.weight");
        assertThat(same.rate()[1]).isCloseTo(1, within(1e-9));
        assertThat(first.cosine()[1]).isCloseTo(l1(1) / (root * norm), within(1e-9));
    }

    private static double l1(int task) {
        FromScratch plain = descent(Sgd.PLAIN, 1);
        StepContext context = TaskContext.evaluation(7, Params.EMPTY).at(0, false);
        Params start = plain.begin(Params.EMPTY, tasks(), context);
        Params next = plain.step(Params.EMPTY, start, tasks(), context).state();
        return next.get("l0.weight")
                .sub(start.get("l0.weight"))
                .select(0, task)
                .abs()
                .sum()
                .item();
    }
}
