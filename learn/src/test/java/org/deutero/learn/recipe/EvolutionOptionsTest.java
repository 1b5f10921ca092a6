package org.deutero.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalDouble;
import org.deutero.learn.evolution.EvolutionStrategies;
import org.deutero.learn.evolution.PersistentEvolution;
import org.deutero.learn.evolution.Perturbation;
import org.deutero.learn.evolution.TruncatedEvolution;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.meta.GradientRule;
import org.deutero.learn.meta.MetaRule;
import org.deutero.learn.meta.PerWindow;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.junit.jupiter.api.Test;

class EvolutionOptionsTest {
    private static MetaRule of(String name, Map<String, Object> section) {
        Options o = Options.of(section);
        MetaRule rule = EvolutionOptions.of(o, name);
        o.finish();
        return rule;
    }

    @Test
    void defaults() {
        Perturbation standard = Perturbation.of(1, 0.01);
        assertThat(of("es", Map.of())).isEqualTo(new GradientRule(new EvolutionStrategies(standard, false)));
        assertThat(of("pes", Map.of())).isEqualTo(new GradientRule(new PersistentEvolution(10, standard)));
        assertThat(of("truncated-es", Map.of())).isEqualTo(new GradientRule(new TruncatedEvolution(10, standard)));
        assertThat(of("truncated-bptt", Map.of())).isEqualTo(new GradientRule(new TruncatedBackpropagation(10)));
    }

    @Test
    void everyKeyIsHeard() {
        assertThat(of("pes", Map.of("pairs", 3, "std", 0.2, "window", 7, "highest-loss", 2.5, "update", "window")))
                .isEqualTo(new PerWindow(new PersistentEvolution(7, new Perturbation(3, 0.2, OptionalDouble.of(2.5)))));
        assertThat(of("es", Map.of("unperturbed-loss", true)))
                .isEqualTo(new GradientRule(new EvolutionStrategies(Perturbation.of(1, 0.01), true)));
        assertThat(of("truncated-bptt", Map.of("update", "lifetime")))
                .isEqualTo(new GradientRule(new TruncatedBackpropagation(10)));
    }

    @Test
    void namesStayThoseOfTheRecipe() {
        for (String name : EvolutionOptions.NAMES) {
            assertThat(of(name, Map.of()).name()).isEqualTo(name);
            if (!name.equals("es")) {
                assertThat(of(name, Map.of("update", "window")).name()).isEqualTo(name);
            }
        }
    }

    @Test
    void keysThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> of("es", Map.of("window", 3)))
                .isInstanceOf(OptionsException.class)
                .hasMessage("unknown key \"window\" (keys of the recipe: pairs, std, highest-loss, unperturbed-loss,"
                        + " comparison, largest-difference)");
        assertThatThrownBy(() -> of("truncated-bptt", Map.of("std", 1)))
                .isInstanceOf(OptionsException.class)
                .hasMessageStartingWith("unknown key \"std\" (keys of the recipe: ");
        assertThatThrownBy(() -> of("pes", Map.of("window", 0)))
                .isInstanceOf(OptionsException.class)
                .hasMessageStartingWith("window must be a whole number between 1 and 1000000, not 0");
        assertThatThrownBy(() -> of("pes", Map.of("std", 0)))
                .isInstanceOf(OptionsException.class)
                .hasMessage("std must be a number above 0, not 0");
    }
}
