package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.tensor.Near.assertNear;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Architectures.Case;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Layers and networks accept parameters that all tasks share and parameters that each task owns. */
@ExtendWith(InScope.class)
class SharedAndOwnParametersTest {
    private static Stream<DynamicTest> each(Consumer<Case> check) {
        return Architectures.all().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    try (Scope s = Scope.open()) {
                        check.accept(c);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> expandedParametersGiveTheValuesOfSharedOnes() {
        return each(c -> {
            Tensor shared = c.apply(c.params(), c.x());
            assertThat(shared.abs().sum().item()).isPositive();
            assertNear(c.apply(c.params().expand(Architectures.TASKS), c.x()), shared, 1e-12);
        });
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfExpandedParametersAddUpToThoseOfSharedOnes() {
        return each(c -> {
            Params shared = c.params().leaf();
            Params own = c.params().expand(Architectures.TASKS).copy().leaf();
            Tensor weights = Near.normal(6, c.apply(shared, c.x()).shape());
            Params expected =
                    Autograd.gradient(c.apply(shared, c.x()).mul(weights).sum(), shared, false);
            Params actual = Autograd.gradient(c.apply(own, c.x()).mul(weights).sum(), own, false);
            assertThat(expected.norm()).isGreaterThan(1e-3);
            assertNear(actual.map(t -> t.sum(0)), expected, 1e-11);
        });
    }

    @TestFactory
    Stream<DynamicTest> inputsOfOneTaskDoNotReachAnother() {
        return each(c -> {
            for (Params params : new Params[] {c.params(), c.params().expand(Architectures.TASKS)}) {
                Params x = Params.of("x", c.x()).leaf();
                Tensor first = c.apply(params, x.get("x")).select(0, 0);
                Tensor slopes =
                        Autograd.gradient(first.square().sum(), x, false).get("x");
                assertThat(slopes.select(0, 0).abs().sum().item()).isPositive();
                assertThat(slopes.slice(0, 1, Architectures.TASKS).abs().sum().item())
                        .isZero();
                Tensor changed = Tensors.cat(
                        java.util.List.of(
                                c.x().slice(0, 0, 1),
                                c.x().slice(0, 1, Architectures.TASKS).mul(3)),
                        0);
                assertThat(c.apply(params, changed).select(0, 0).doubles()).containsExactly(first.doubles());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> parametersOfOneTaskDoNotReachAnother() {
        return each(c -> {
            Params own = c.params().expand(Architectures.TASKS);
            Params changed = own.map(t -> Tensors.cat(
                    java.util.List.of(
                            t.slice(0, 0, 1), t.slice(0, 1, Architectures.TASKS).add(0.7)),
                    0));
            Tensor before = c.apply(own, c.x());
            Tensor after = c.apply(changed, c.x());
            assertThat(after.select(0, 0).doubles())
                    .containsExactly(before.select(0, 0).doubles());
            for (int task = 1; task < Architectures.TASKS; task++) {
                assertThat(after.sub(before).select(0, task).abs().sum().item()).isGreaterThan(1e-3);
            }
        });
    }

    /** A network may own some of its parameters and share others, as when only biases are adapted. */
    @TestFactory
    Stream<DynamicTest> anyMixtureOfSharedAndOwnParametersGivesTheSameValues() {
        return each(c -> {
            Tensor shared = c.apply(c.params(), c.x());
            for (String one : c.params().names()) {
                Params own = c.params().filter(one::equals).expand(Architectures.TASKS);
                assertNear(c.apply(c.params().with(own), c.x()), shared, 1e-12);
                Params rest = c.params().expand(Architectures.TASKS).filter(name -> !name.equals(one));
                assertNear(c.apply(c.params().with(rest), c.x()), shared, 1e-12);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> parametersThatBelongToOthersAreLeftAlone() {
        return each(c -> {
            if (c.params().has("weight") || c.params().has("bias")) {
                // A layer by itself is given its own parameters only.
                return;
            }
            Params foreign = c.params().with(Params.of("rate.head.weight", Near.normal(9, 2, 5)));
            assertNear(c.apply(foreign, c.x()), c.apply(c.params(), c.x()), 1e-12);
            Params own = c.params().expand(Architectures.TASKS);
            assertNear(c.apply(own.with(foreign.filter(n -> n.startsWith("rate"))), c.x()), c.apply(own, c.x()), 1e-12);
        });
    }
}
