package org.deutero.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.learn.gradient.adjoint.Contrastive;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.Nudging;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tensor.Params;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Phases are run to rounding, so the estimates are those of exact minima. */
class ContrastiveQuadraticGoldenTest {
    private static final int STEPS = 750;

    /** After the first iteration, since the estimator refuses at first to leave the start untrained, which this file wants. */
    private static final TaskContext CONTEXT = TaskContext.training(1, 1, Params.EMPTY, observed -> {});

    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("contrastive_quadratic"), ContrastiveQuadraticGoldenTest::check);
    }

    private static MetaGradient estimator(Golden golden, String e) {
        String kind = golden.text("estimator." + e + ".kind");
        if (kind.equals("implicit")) {
            return new Implicit(new DenseSolve(100), 0);
        }
        String contrast = kind.substring("contrastive_".length()).toUpperCase(Locale.ROOT);
        return new Contrastive(
                Contrast.valueOf(contrast), golden.number("estimator." + e + ".beta"), Nudging.own(STEPS));
    }

    private static void check(Golden golden) {
        QuadraticTasks tasks = new QuadraticTasks(
                golden.tensor("task.A"),
                golden.tensor("task.b"),
                golden.tensor("task.U"),
                golden.tensor("task.C"),
                golden.tensor("task.c"));
        QuadraticLearner learner = new QuadraticLearner(golden.number("inner.rate"), STEPS, golden.number("outer.rho"));
        Params theta = golden.params("theta");
        Params exact = null;
        for (String e : golden.list("estimators")) {
            Estimate estimate = estimator(golden, e).estimate(learner, theta, tasks, CONTEXT);
            Params mean = estimate.gradient().mul(1.0 / tasks.size());
            golden.check("expect." + e + ".meta_loss", estimate.losses());
            golden.checkAll("expect." + e + ".grad", mean);
            assertThat(mean.get("init").abs().sum().item()).isZero();
            exact = exact == null ? mean : exact;
            if (golden.has("expect." + e + ".relative_error")) {
                double error = mean.sub(exact).norm() / exact.norm();
                double expected =
                        golden.tensor("expect." + e + ".relative_error").item();
                assertThat(error).as(e).isCloseTo(expected, within(1e-6 * expected));
            }
        }
    }
}
