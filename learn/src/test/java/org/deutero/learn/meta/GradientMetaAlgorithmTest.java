package org.deutero.learn.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.InScope;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Clip;
import org.deutero.tensor.optim.Schedule;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Updates from shards, for a learner whose meta-loss is theta * mean(query y), so that its gradient is known. */
@ExtendWith(InScope.class)
class GradientMetaAlgorithmTest {
    private static final class Product implements Predictor<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("theta", Tensor.of(new double[] {2}));
        }

        @Override
        public Params statistics() {
            return Params.builder()
                    .put("seen", Tensor.of(new double[] {1}, 1))
                    .put("unseen", Tensor.of(new double[] {7}, 1))
                    .build();
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return Params.of("phi", Tensors.zeros(DType.FLOAT64, tasks.size()));
        }

        @Override
        public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
            context.observe(Params.of("seen", tasks.queryY().mean(1)));
            return Step.of(phi);
        }

        @Override
        public int steps(Episodes tasks) {
            return 1;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return theta.get("theta").mul(tasks.queryY().meanPerTask());
        }

        @Override
        public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
            return tasks.queryX();
        }
    }

    private static Episodes tasks(double... values) {
        Tensor y = Tensor.of(values, values.length, 1, 1);
        return new Episodes(y, y, y, y, 0);
    }

    private static MetaAlgorithm.Outcome update(MetaGradient estimator, MetaOptimizer optimizer, Episodes... shards) {
        var algorithm = new GradientMetaAlgorithm<>(new Product(), estimator, optimizer);
        MetaState state = algorithm.init(Seeds.generator(1, "x"));
        return algorithm.update(
                state,
                List.of(shards).stream()
                        .map(s -> algorithm.contribute(state, s, 1))
                        .toList());
    }

    @Test
    void theUpdateFollowsTheMeanOverTasksHoweverTheyAreCut() {
        for (MetaGradient estimator : List.of(Unroll.FULL, Sweep.ALL)) {
            for (Episodes[] shards :
                    new Episodes[][] {{tasks(1, 2, 6)}, {tasks(1), tasks(2, 6)}, {tasks(1), tasks(2), tasks(6)}}) {
                MetaAlgorithm.Outcome outcome = update(estimator, Descent.of(Sgd.PLAIN, 0.1), shards);
                assertThat(outcome.loss()).isCloseTo(6, within(1e-14));
                assertThat(outcome.gradientNorm()).isCloseTo(3, within(1e-14));
                assertThat(outcome.state().iteration()).isEqualTo(1);
                assertThat(outcome.state().theta().get("theta").item()).isCloseTo(2 - 0.3, within(1e-14));
                // Running statistics: 0.9 old + 0.1 mean over tasks; what nobody observed stays.
                assertThat(outcome.state().statistics().get("seen").item()).isCloseTo(0.9 + 0.3, within(1e-14));
                assertThat(outcome.state().statistics().get("unseen").item()).isEqualTo(7);
            }
        }
    }

    @Test
    void theNormIsReportedBeforeClipping() {
        Descent clipped = new Descent(Sgd.PLAIN, 0.1, Schedule.CONSTANT, new Clip.ByNorm(1));
        MetaAlgorithm.Outcome outcome = update(Unroll.FULL, clipped, tasks(1, 2, 6));
        assertThat(outcome.gradientNorm()).isCloseTo(3, within(1e-14));
        assertThat(outcome.state().theta().get("theta").item()).isCloseTo(1.9, within(1e-14));
    }

    @Test
    void schedulesScaleTheRateByIteration() {
        Descent falling = new Descent(Sgd.PLAIN, 0.1, Schedule.linear(10, 0), Clip.NONE);
        Params theta = Params.of("x", Tensor.of(new double[] {0}));
        Params gradient = Params.of("x", Tensor.of(new double[] {1}));
        assertThat(falling.update(gradient, Params.EMPTY, theta, 0)
                        .theta()
                        .get("x")
                        .item())
                .isEqualTo(-0.1);
        assertThat(falling.update(gradient, Params.EMPTY, theta, 5)
                        .theta()
                        .get("x")
                        .item())
                .isCloseTo(-0.05, within(1e-15));
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        assertThatThrownBy(() -> update(Unroll.FULL, Descent.of(Sgd.PLAIN, 0.1), tasks(1, Double.NaN)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessage("the meta-loss is NaN");
    }
}
