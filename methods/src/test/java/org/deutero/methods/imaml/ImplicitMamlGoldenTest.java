package org.deutero.methods.imaml;

import java.util.List;
import java.util.stream.Stream;
import org.deutero.learn.Estimate;
import org.deutero.methods.Objective;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.maml.GoldenNetworks;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The minimum of the inner loss with its pull, and implicit gradients from the loss that the learner gives after its last step. */
class ImplicitMamlGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("implicit_maml"), ImplicitMamlGoldenTest::check);
    }

    private static void check(Golden golden) {
        double lambda = golden.number("lambda");
        int steps = golden.integer("inner.steps");
        ImplicitMaml learner = new ImplicitMaml(
                GoldenNetworks.mlp(golden),
                Objective.SQUARED_ERROR,
                InnerLoop.of(Sgd.PLAIN, golden.number("inner.rate"), steps, steps),
                Proximity.of(lambda),
                QueryStatistics.BATCH,
                DType.FLOAT64);
        Episodes tasks = GoldenNetworks.tasks(golden);
        Params theta = golden.params("theta");
        Params phi = TestTasks.adapted(learner, theta, tasks);
        golden.checkAll("expect.phi", phi);
        ImplicitFunction implicit = new ImplicitFunction(learner, theta, phi, tasks);
        Params outer = implicit.outerGradient();
        for (String e : golden.list("estimators")) {
            Params gradient = switch (golden.text("estimator." + e + ".kind")) {
                // Far more iterations than there are numbers: the exact solution.
                case "implicit_maml" -> implicit.gradient(implicit.solve(300, 0));
                case "implicit_maml_cg" -> {
                    Params q = implicit.solve(golden.integer("estimator." + e + ".iterations"), 0);
                    Params rest = implicit.curvature(q, 0).sub(outer);
                    golden.check(
                            "expect." + e + ".residual",
                            rest.dotPerTask(rest).div(outer.dotPerTask(outer)).sqrt());
                    yield implicit.gradient(q);
                }
                case "first_order" -> outer.map(t -> t.sum(0));
                default -> throw new AssertionError("unknown kind " + golden.text("estimator." + e + ".kind"));
            };
            GoldenNetworks.compare(golden, e, new Estimate(implicit.losses(), gradient));
        }
    }
}
