package org.deutero.methods.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.learn.gradient.adjoint.Contrastive;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.Nudging;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.DescentStage;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.Settling;
import org.deutero.methods.TestTasks;
import org.deutero.methods.maml.GoldenNetworks;
import org.deutero.methods.synapse.Consolidation.Strength;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Free and nudged phases of a network whose synapses have centres and strengths of their own, and all forms of the contrastive rule. */
class ContrastiveMlpGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("contrastive_mlp"), ContrastiveMlpGoldenTest::check);
    }

    private static void check(Golden golden) {
        int steps = golden.integer("inner.steps");
        Settling settling = Settling.of(new DescentStage(Sgd.PLAIN, golden.number("inner.rate"), false, steps));
        ComplexSynapse learner = new ComplexSynapse(
                new FastNetwork(
                        GoldenNetworks.mlp(golden, "theta.omega"), Objective.SQUARED_ERROR, QueryStatistics.BATCH),
                new Consolidation(true, Strength.SYNAPSE, 1),
                settling,
                settling,
                0,
                OptionalLong.empty(),
                DType.FLOAT64);
        Episodes tasks = GoldenNetworks.tasks(golden);
        Params theta = golden.params("theta");
        golden.checkAll("expect.phi.free", TestTasks.adapted(learner, theta, tasks));
        Params exact = null;
        for (String e : golden.list("estimators")) {
            // One strength of nudging each, and the exact gradient: the others differ in a number alone, and quadratics
            // try them all.
            if (e.endsWith("_b1.0") || e.endsWith("_b0.01")) {
                continue;
            }
            Estimate estimate = estimator(golden, e, steps).estimate(learner, theta, tasks, TaskContext.training(1));
            GoldenNetworks.compare(golden, e, estimate);
            exact = exact == null ? estimate.gradient() : exact;
            if (golden.has("expect." + e + ".relative_error")) {
                double error = estimate.gradient().sub(exact).norm() / exact.norm();
                double expected =
                        golden.tensor("expect." + e + ".relative_error").item();
                assertThat(error).as(e).isCloseTo(expected, within(1e-6 * expected));
            }
        }
    }

    private static MetaGradient estimator(Golden golden, String e, int steps) {
        String kind = golden.text("estimator." + e + ".kind");
        if (kind.equals("implicit")) {
            return new Implicit(new DenseSolve(2000), 0);
        }
        String contrast = kind.substring("contrastive_".length()).toUpperCase(Locale.ROOT);
        return new Contrastive(
                Contrast.valueOf(contrast), golden.number("estimator." + e + ".beta"), Nudging.own(steps));
    }
}
