package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.deutero.learn.MetaRule;
import org.deutero.learn.evolution.CovarianceMatrixAdaptation;
import org.deutero.learn.evolution.CovarianceMatrixAdaptation.Shape;
import org.deutero.learn.evolution.Fitness;
import org.deutero.learn.evolution.OpenAiEvolution;
import org.deutero.learn.evolution.Perturbation;
import org.deutero.learn.evolution.Shaping;
import org.deutero.learn.evolution.cma.Bounds;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.junit.jupiter.api.Test;

class PopulationOptionsTest {
    private static MetaRule of(String name, Map<String, Object> settings) {
        Map<String, Object> section = new HashMap<>(settings);
        section.put("name", name);
        Options o = Options.of(section);
        MetaRule rule = MetaGradientOptions.of(o, "unroll");
        o.finish();
        return rule;
    }

    @Test
    void defaults() {
        assertThat(of("cma-es", Map.of()))
                .isEqualTo(new CovarianceMatrixAdaptation(
                        OptionalInt.empty(), 0.3, true, Shape.AUTO, 0, Bounds.NONE, Fitness.LOSS, OptionalInt.empty()));
        assertThat(of("openai-es", Map.of())).isEqualTo(OpenAiEvolution.of(32, 0.02, Shaping.RAW));
    }

    @Test
    void everyKeyIsHeard() {
        assertThat(of(
                        "cma-es",
                        Map.of(
                                "population",
                                24,
                                "sigma",
                                0.5,
                                "active",
                                false,
                                "covariance",
                                "separable",
                                "restarts",
                                2,
                                "low",
                                -1,
                                "high",
                                3,
                                "fitness",
                                "accuracy",
                                "chunk",
                                6)))
                .isEqualTo(new CovarianceMatrixAdaptation(
                        OptionalInt.of(24),
                        0.5,
                        false,
                        Shape.SEPARABLE,
                        2,
                        new Bounds(-1, 3),
                        Fitness.ACCURACY,
                        OptionalInt.of(6)));
        Map<String, Object> all = new HashMap<>(Map.of(
                "pairs",
                100,
                "std",
                0.1,
                "std-decay",
                0.999,
                "std-floor",
                0.01,
                "shaping",
                "standardized-ranks",
                "per-std",
                false,
                "weight-decay",
                0.005,
                "penalty",
                0.01,
                "highest-loss",
                9,
                "fitness",
                "accuracy"));
        all.put("chunk", 50);
        assertThat(of("openai-es", all))
                .isEqualTo(new OpenAiEvolution(
                        new Perturbation(100, 0.1, OptionalDouble.of(9)),
                        0.999,
                        0.01,
                        Shaping.STANDARDIZED_RANKS,
                        false,
                        0.005,
                        0.01,
                        Fitness.ACCURACY,
                        OptionalInt.of(50)));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> of("cma-es", Map.of("low", 1, "high", 1)))
                .isInstanceOf(OptionsException.class)
                .hasMessage("low is 1.0 and high is 1.0, but it must be above");
        assertThatThrownBy(() -> of("cma-es", Map.of("pairs", 3))).isInstanceOf(OptionsException.class);
        for (String name : PopulationOptions.NAMES) {
            assertThatThrownBy(() -> of(name, Map.of("first-order-iterations", 5)))
                    .isInstanceOf(OptionsException.class)
                    .hasMessage("first-order-iterations does not go with " + name
                            + ", which has one population for all tasks");
        }
    }
}
