package org.deutero.learn.evolution.cma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** CMA-ES with given draws. */
class CmaGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("cma_es"), golden -> {
            constants(golden);
            generations(golden);
        });
    }

    private static void constants(Golden golden) {
        int population = golden.integer("population");
        CmaConstants c = CmaConstants.of(golden.integer("dimension"), population, true, false);
        golden.check("weights", Tensor.of(c.weights(), population));
        assertThat(c.parents()).isEqualTo(golden.integer("constant.mu"));
        assertNear(c.effective(), golden.number("constant.mueff"));
        assertNear(c.rankOne(), golden.number("constant.c1"));
        assertNear(c.rankMu(), golden.number("constant.cmu"));
        assertNear(c.sigmaRate(), golden.number("constant.cs"));
        assertNear(c.damping(), golden.number("constant.ds"));
        assertNear(c.pathRate(), golden.number("constant.cc"));
        assertNear(c.normalLength(), golden.number("constant.chi"));
        assertThat(c.interval()).isEqualTo(1);
    }

    private static void assertNear(double actual, double expected) {
        assertThat(Math.abs(actual - expected)).isLessThan(1e-14 * Math.abs(expected));
    }

    private static void generations(Golden golden) {
        CmaEs search = CmaEs.of(golden.number("sigma0"));
        CmaState state = search.start(golden.tensor("mean0"), golden.integer("population"));
        Tensor scale = golden.tensor("objective.scale");
        List<Tensor> x = new ArrayList<>();
        List<Tensor> fitness = new ArrayList<>();
        List<CmaState> states = new ArrayList<>();
        for (int g = 0; g < golden.integer("generations"); g++) {
            Candidates candidates = search.ask(state, golden.tensor("z").select(0, g));
            Tensor f = candidates.x().sub(0.5).square().mul(scale).sum(1);
            state = search.tell(state, candidates, f.doubles());
            x.add(candidates.x());
            fitness.add(f);
            states.add(state);
        }
        golden.check("expect.x", Tensors.stack(x, 0));
        golden.check("expect.fitness", Tensors.stack(fitness, 0));
        golden.check("expect.mean", all(states, CmaState::mean));
        golden.check("expect.C", all(states, CmaState::shape));
        golden.check("expect.p_sigma", all(states, CmaState::sigmaPath));
        golden.check("expect.p_c", all(states, CmaState::covariancePath));
        golden.check(
                "expect.sigma",
                Tensor.of(states.stream().mapToDouble(CmaState::sigma).toArray(), states.size()));
        assertThat(golden.tensor("expect.h_sigma").doubles())
                .as("both branches are taken")
                .contains(0, 1);
    }

    private static Tensor all(List<CmaState> states, Function<CmaState, Tensor> part) {
        return Tensors.stack(states.stream().map(part).toList(), 0);
    }
}
