package org.deutero.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.deutero.learn.reinforcement.EntropyCourse;
import org.deutero.learn.reinforcement.PolicyOptimization;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.junit.jupiter.api.Test;

class PolicyOptionsTest {
    private static PolicyOptimization of(String name, Map<String, Object> section) {
        Options o = Options.of(Map.of("meta-gradient", section));
        PolicyOptimization rule = (PolicyOptimization) PolicyOptions.of(o.section("meta-gradient"), name);
        o.finish();
        return rule;
    }

    @Test
    void entropyGoesFromOneWeightToTheOther() {
        assertThat(of("ppo", Map.of()).entropy()).isEqualTo(new EntropyCourse(0.01, 0.01, 0));
        EntropyCourse course = of("a2c", Map.of("entropy-weight", 0.1, "entropy-end", 0, "entropy-iterations", 10))
                .entropy();
        assertThat(course.at(5)).isEqualTo(0.05);
        assertThat(course.at(10)).isZero();
    }

    @Test
    void anEndWithoutAWayThereIsRefused() {
        assertThatThrownBy(() -> of("ppo", Map.of("entropy-end", 0.5)))
                .isInstanceOf(OptionsException.class)
                .hasMessage("meta-gradient.entropy-end is 0.5, but meta-gradient.entropy-iterations is 0, so"
                        + " entropy-weight would never count; expected the iterations until it is there");
        assertThat(of("ppo", Map.of("entropy-end", 0.01)).entropy().at(0)).isEqualTo(0.01);
    }
}
