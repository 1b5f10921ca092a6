package org.deutero.methods.maml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.ReptileDirection;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.maml.InnerLoop.Granularity;
import org.deutero.methods.reptile.MiniBatches;
import org.deutero.methods.reptile.Reptile;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** MAML, FOMAML, ANIL, BOIL, Meta-SGD and Reptile on perceptrons and convolutions. */
class MamlGoldenTest {
    private static final List<MetaGradient> SECOND_ORDER =
            List.of(Unroll.FULL, Sweep.ALL, Sweep.SQRT, new MixedMode(Store.ALL));

    @TestFactory
    Stream<DynamicTest> files() {
        List<String> names =
                List.of("maml_mlp_relu", "maml_mlp_tanh", "maml_conv", "meta_sgd_mlp_relu", "meta_sgd_mlp_tanh");
        return Golden.tests(getClass(), names, MamlGoldenTest::check);
    }

    private static void check(Golden golden) {
        boolean images = golden.hasText("blocks");
        Network network = images ? GoldenNetworks.conv(golden) : GoldenNetworks.mlp(golden);
        Objective objective = images ? Objective.CROSS_ENTROPY : Objective.SQUARED_ERROR;
        int checked = 0;
        for (String e : golden.list("estimators")) {
            String setting = "estimator." + e + ".";
            int steps = golden.integer(setting + "steps");
            switch (golden.text(setting + "kind")) {
                case "maml" -> {
                    Adaptation adaptation = GoldenNetworks.adaptation(network, golden.text(setting + "adapted"));
                    maml(golden, e, network, objective, adaptation, steps, golden.integer(setting + "order") == 2);
                    checked++;
                }
                case "meta_sgd" -> {
                    metaSgd(golden, e, network, objective, steps);
                    checked++;
                }
                case "reptile" -> {
                    reptile(
                            golden,
                            e,
                            network,
                            objective,
                            steps,
                            golden.text(setting + "batches").equals("rows"));
                    checked++;
                }
                case "multi_step" -> {
                    multiStep(golden, e, network, objective, steps, Granularity.FIXED);
                    checked++;
                }
                case "multi_step_rates" -> {
                    multiStep(golden, e, network, objective, steps, Granularity.TENSOR_AND_STEP);
                    checked++;
                }
                default -> throw new AssertionError("unknown kind " + golden.text(setting + "kind"));
            }
        }
        assertThat(checked).as("estimators compared in %s", golden).isPositive();
    }

    private static Maml learner(Network network, Objective objective, Adaptation adaptation, InnerLoop inner) {
        return new Maml(network, objective, adaptation, inner, QueryStatistics.BATCH, DType.FLOAT64);
    }

    private static void maml(
            Golden golden,
            String e,
            Network network,
            Objective objective,
            Adaptation adaptation,
            int steps,
            boolean secondOrder) {
        Episodes tasks = GoldenNetworks.tasks(golden);
        InnerLoop inner = InnerLoop.of(Sgd.PLAIN, golden.number("inner.rate"), steps, steps);
        Maml learner = learner(network, objective, adaptation, inner);
        Params theta = golden.params("theta");
        for (MetaGradient estimator : secondOrder ? SECOND_ORDER : List.<MetaGradient>of(Unroll.FIRST_ORDER)) {
            Estimate estimate = estimator.estimate(learner, theta, tasks, TaskContext.training(1));
            GoldenNetworks.compare(golden, e, estimate);
            String pattern = adaptation == Adaptation.HEAD ? "head" : adaptation == Adaptation.BODY ? "body" : "*";
            GoldenNetworks.compare(
                    golden, e, estimator.estimate(byPattern(learner, pattern), theta, tasks, TaskContext.training(1)));
        }
        trajectory(golden, e, learner, theta, tasks);
    }

    /** What ANIL and BOIL are by patterns of names: features of the support set are computed anew in each step, to the same numbers. */
    private static Maml byPattern(Maml learner, String pattern) {
        return Maml.builder(learner.network(), learner.objective(), learner.inner())
                .adapted(new Adapted(List.of(pattern)))
                .queryStatistics(learner.queryStatistics())
                .dtype(learner.dtype())
                .build();
    }

    /** Losses along the inner loop and the outputs at its end, where the file has them. */
    private static void trajectory(Golden golden, String e, Maml learner, Params theta, Episodes tasks) {
        String prefix = "expect." + e + ".";
        List<Tensor> losses = new ArrayList<>();
        Params phi = learner.begin(theta, tasks, context(0));
        Episodes onSupport =
                new Episodes(tasks.supportX(), tasks.supportY(), tasks.supportX(), tasks.supportY(), tasks.way());
        for (int t = 0; t < learner.steps(tasks); t++) {
            losses.add(learner.metaLoss(theta, phi, onSupport, context(t)));
            phi = learner.step(theta, phi, tasks, context(t)).state();
        }
        if (golden.has(prefix + "support_loss")) {
            golden.check(prefix + "support_loss", Tensors.stack(losses, 1));
        }
        for (String output : List.of("query_logits", "query_prediction")) {
            if (golden.has(prefix + output)) {
                golden.check(prefix + output, learner.predict(theta, phi, tasks, context(learner.steps(tasks))));
            }
        }
    }

    private static StepContext context(int step) {
        return TaskContext.evaluation(1, Params.EMPTY).at(step, false);
    }

    private static void metaSgd(Golden golden, String e, Network network, Objective objective, int steps) {
        InnerLoop inner = InnerLoop.learned(Sgd.PLAIN, 0, Granularity.WEIGHT, steps, steps);
        Maml learner = learner(network, objective, Adaptation.ALL, inner);
        for (MetaGradient estimator : SECOND_ORDER) {
            GoldenNetworks.compare(
                    golden,
                    e,
                    estimator.estimate(
                            learner, golden.params("theta"), GoldenNetworks.tasks(golden), TaskContext.training(1)));
        }
    }

    private static void multiStep(
            Golden golden, String e, Network network, Objective objective, int steps, Granularity granularity) {
        List<Double> weights = golden.numbers("estimator." + e + ".weights");
        Maml learner = new Maml(
                network,
                objective,
                Adaptation.ALL,
                InnerLoop.learned(Sgd.PLAIN, golden.number("inner.rate"), granularity, steps, steps),
                new PerStep(new LossWeights.Fixed(weights), false),
                QueryStatistics.BATCH,
                DType.FLOAT64);
        Params all = golden.params("theta");
        Params theta = granularity == Granularity.FIXED ? all.filter(name -> !name.startsWith("rate.")) : all;
        Episodes tasks = GoldenNetworks.tasks(golden);
        for (MetaGradient estimator : SECOND_ORDER) {
            GoldenNetworks.compare(golden, e, estimator.estimate(learner, theta, tasks, TaskContext.training(1)));
        }
        if (!golden.has("expect." + e + ".step_loss")) {
            return;
        }
        List<Tensor> losses = new ArrayList<>();
        Params phi = learner.begin(theta, tasks, context(0));
        for (int t = 0; t < steps; t++) {
            phi = learner.step(theta, phi, tasks, context(t)).state();
            losses.add(learner.metaLoss(theta, phi, tasks, context(t + 1)));
        }
        golden.check("expect." + e + ".step_loss", Tensors.stack(losses, 1));
    }

    private static void reptile(
            Golden golden, String e, Network network, Objective objective, int steps, boolean rows) {
        MiniBatches support =
                (tasks, c) -> Tensors.range(tasks.supportSize()).unsqueeze(0).expand(tasks.size(), -1);
        MiniBatches listed = (tasks, c) -> golden.tensor("reptile.rows").select(1, c.step());
        Reptile learner = new Reptile(
                network,
                objective,
                Sgd.PLAIN,
                golden.number("inner.rate"),
                steps,
                steps,
                rows ? listed : support,
                QueryStatistics.BATCH,
                DType.FLOAT64);
        GoldenNetworks.compare(
                golden,
                e,
                new ReptileDirection()
                        .estimate(
                                learner,
                                golden.params("theta"),
                                GoldenNetworks.tasks(golden),
                                TaskContext.training(1)));
    }
}
