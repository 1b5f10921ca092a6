package org.deutero.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deutero.learn.Estimate;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Identity;
import org.deutero.learn.gradient.Sweep;
import org.deutero.learn.gradient.Unroll;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class QuadraticBilevelGoldenTest {
    /** Kinds in the file, and the estimators that must give their numbers. */
    private static final Map<String, List<MetaGradient>> ESTIMATORS = Map.of(
            "full", List.of(Unroll.FULL, Sweep.ALL, Sweep.SQRT),
            "first_order", List.of(Unroll.FIRST_ORDER),
            "identity", List.of(new Identity()));

    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("quadratic_bilevel"), QuadraticBilevelGoldenTest::check);
    }

    private static void check(Golden golden) {
        QuadraticTasks tasks = new QuadraticTasks(
                golden.tensor("task.A"),
                golden.tensor("task.b"),
                golden.tensor("task.U"),
                golden.tensor("task.C"),
                golden.tensor("task.c"));
        QuadraticLearner learner = new QuadraticLearner(
                golden.number("inner.rate"), golden.integer("inner.steps"), golden.number("outer.rho"));
        Params theta = golden.params("theta");
        trajectory(golden, learner, theta, tasks);
        int checked = 0;
        for (String e : golden.list("estimators")) {
            for (MetaGradient estimator : ESTIMATORS.getOrDefault(golden.text("estimator." + e + ".kind"), List.of())) {
                Estimate estimate = estimator.estimate(learner, theta, tasks, TaskContext.training(1));
                golden.check("expect." + e + ".meta_loss", estimate.losses());
                golden.checkAll("expect." + e + ".grad", estimate.gradient().mul(1.0 / tasks.size()));
                checked++;
            }
        }
        assertThat(checked).as("estimators compared").isPositive();
    }

    private static void trajectory(Golden golden, QuadraticLearner learner, Params theta, QuadraticTasks tasks) {
        Tensor expected = golden.tensor("expect.phi");
        Params phi = learner.begin(theta, tasks, TaskContext.training(1).at(0, false));
        for (int t = 0; t <= learner.steps(); t++) {
            assertThat(phi.get("phi")
                            .sub(expected.select(1, t))
                            .abs()
                            .max(1)
                            .max(0)
                            .item())
                    .isLessThan(1e-12);
            phi = learner.step(theta, phi, tasks, TaskContext.training(1).at(t, false))
                    .state();
        }
    }
}
