package org.deutero.methods.optimizer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Learned rules as ordinary optimisers, on tensors of all ranks. */
@ExtendWith(InScope.class)
class TrainedRuleTest {
    private static final StepNetwork NETWORK = new StepNetwork(List.of(5), 0.05, 0.1, StepNetwork.TIME_SCALES);
    private static final List<LearnedRule> RULES = List.of(
            new LstmRule(Preprocessing.LOG_AND_SIGN, 5, List.of(4, 3), 0.1, 1),
            new SeparateRule(new LstmRule(Preprocessing.NONE, 5, List.of(3), 0.1, 1)),
            new MlpRule(NETWORK, MlpRule.DECAYS),
            new AdafactorRule(NETWORK, AdafactorRule.DECAYS, AdafactorRule.RMS_DECAY, AdafactorRule.DECAYS),
            new ScheduleRule(3, 5, ScheduleRule.Scale.LINEAR, 0.2, 0.5));

    private static Params tree(long seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        return Params.builder()
                .put("gain", Tensors.normal(rng, DType.FLOAT64, 1).squeeze(0))
                .put("conv.weight", Tensors.normal(rng, DType.FLOAT64, 3, 2, 2, 2))
                .put("conv.bias", Tensors.normal(rng, DType.FLOAT64, 3))
                .put("l.weight", Tensors.normal(rng, DType.FLOAT64, 4, 3))
                .build();
    }

    /** A single training is a batch of one, and each of several trainings is by itself. */
    @Test
    void aSingleTrainingIsABatchOfOne() {
        for (LearnedRule rule : RULES) {
            Params theta =
                    rule.metaParameters(new SplittableRandom(1), DType.FLOAT64).leaf();
            Optimizer single = new TrainedRule(rule, theta, false);
            Optimizer several = new TrainedRule(rule, theta, true);
            Params p = tree(1);
            Params slots = single.init(p);
            Params q = p.zip(tree(2), (a, b) -> Tensors.stack(List.of(b, a), 0));
            Params all = several.init(q);
            for (int t = 0; t < 3; t++) {
                Params g = tree(10 + t);
                Optimizer.Update one = single.update(g, slots, p, TrainedRule.RATE, t);
                Params gs = g.zip(tree(20 + t), (a, b) -> Tensors.stack(List.of(b, a), 0));
                Optimizer.Update both = several.update(gs, all, q, TrainedRule.RATE, t);
                assertThat(one.params().names()).isEqualTo(p.names());
                assertThat(one.params().get("gain").rank()).isZero();
                assertThat(one.params().values()).noneMatch(Tensor::requiresGrad);
                assertThat(one.params().sub(p).norm()).isPositive();
                both.params()
                        .forEach((name, w) ->
                                assertNear(w.select(0, 1), one.params().get(name), 1e-13));
                p = one.params();
                slots = one.state();
                q = both.params();
                all = both.state();
            }
        }
    }

    @Test
    void theOrderOfTensorsIsOfNoAccount() {
        for (LearnedRule rule : RULES) {
            Params theta = rule.metaParameters(new SplittableRandom(1), DType.FLOAT64);
            Optimizer optimizer = new TrainedRule(rule, theta, false);
            Params p = tree(1);
            Params g = tree(3);
            Params.Builder other = Params.builder();
            List<String> names = List.copyOf(p.names());
            for (int i = names.size() - 1; i >= 0; i--) {
                other.put(names.get(i), p.get(names.get(i)));
            }
            Params turned = other.build();
            Params here = optimizer
                    .update(g, optimizer.init(p), p, TrainedRule.RATE, 0)
                    .params();
            Params there = optimizer
                    .update(g, optimizer.init(turned), turned, TrainedRule.RATE, 0)
                    .params();
            there.forEach((name, w) -> assertNear(w, here.get(name), 1e-13));
        }
    }

    @Test
    void aScheduleIsInterpolatedBetweenItsKnots() {
        ScheduleRule linear = new ScheduleRule(3, 10, ScheduleRule.Scale.LINEAR, 1, 0.5);
        ScheduleRule logarithmic = new ScheduleRule(3, 15, ScheduleRule.Scale.LOGARITHMIC, 1, 0.5);
        Params theta = Params.of("log-rate", Tensor.of(new double[] {0, 2, 1}, 3));
        double[] at = {0, 0.8, 2, 1.6, 1, 1};
        int[] steps = {0, 2, 5, 7, 10, 1000};
        for (int i = 0; i < at.length; i++) {
            assertThat(linear.rate(theta, steps[i]).item()).isCloseTo(Math.exp(at[i]), within(1e-12));
        }
        // log 4 is half of log 16.
        assertThat(logarithmic.rate(theta, 3).item()).isCloseTo(Math.exp(2), within(1e-12));
        assertThat(logarithmic.rate(theta, 1).item()).isCloseTo(Math.exp(1), within(1e-12));
    }

    @Test
    void ofEqualDimensionsTheLaterIsLarger() {
        assertThat(FactoredMoments.of(7, 3, 3)).matches(f -> f.largest() == 2 && f.second() == 1);
        assertThat(FactoredMoments.of(7, 5, 3)).matches(f -> f.largest() == 1 && f.second() == 2);
        assertThat(FactoredMoments.of(7, 3, 3, 3)).matches(f -> f.largest() == 3 && f.second() == 2);
        assertThat(FactoredMoments.of(7, 4, 2, 4, 3)).matches(f -> f.largest() == 3 && f.second() == 1);
        assertThat(FactoredMoments.of(7, 3, 2, 2, 4)).matches(f -> f.largest() == 4 && f.second() == 1);
    }
}
