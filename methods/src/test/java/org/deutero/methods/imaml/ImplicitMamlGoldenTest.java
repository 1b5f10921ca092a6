package org.deutero.methods.imaml;

import java.util.List;
import java.util.stream.Stream;
import org.deutero.learn.Estimate;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.ConjugateGradient;
import org.deutero.learn.gradient.DenseSolve;
import org.deutero.learn.gradient.Implicit;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.maml.GoldenNetworks;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
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
        for (String e : golden.list("estimators")) {
            MetaGradient estimator = switch (golden.text("estimator." + e + ".kind")) {
                case "implicit_maml" -> new Implicit(new DenseSolve(2000), 0);
                case "implicit_maml_cg" ->
                    new Implicit(new ConjugateGradient(golden.integer("estimator." + e + ".iterations"), 0), 0);
                case "first_order" -> Unroll.FIRST_ORDER;
                default -> throw new AssertionError("unknown kind " + golden.text("estimator." + e + ".kind"));
            };
            Estimate estimate = estimator.estimate(learner, theta, tasks, TaskContext.training(1));
            GoldenNetworks.compare(golden, e, estimate);
            if (golden.has("expect." + e + ".residual")) {
                golden.check("expect." + e + ".residual", estimate.diagnostics().get("residual"));
            }
        }
    }
}
