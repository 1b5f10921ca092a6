package org.deutero.methods.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.QueryStatistics;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Normalization;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MetricGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("protonet", "matching"), MetricGoldenTest::check);
    }

    private static void check(Golden golden) {
        List<Integer> sizes = new ArrayList<>();
        for (String layer : golden.list("layers")) {
            Tensor weight = golden.tensor("theta." + layer + ".weight");
            if (sizes.isEmpty()) {
                sizes.add((int) weight.size(1));
            }
            sizes.add((int) weight.size(0));
        }
        Activation activation = Activation.valueOf(golden.text("activation").toUpperCase(Locale.ROOT));
        MetricLearner learner = new MetricLearner(
                new Headless(new Mlp(sizes, activation, Initializer.FAN_IN_UNIFORM)),
                head(golden),
                QueryStatistics.RUNNING,
                DType.FLOAT64);
        Episodes tasks = new Episodes(
                golden.tensor("support.x"),
                golden.tensor("support.y"),
                golden.tensor("query.x"),
                golden.tensor("query.y"),
                golden.integer("way"));
        Params theta = golden.params("theta");
        for (String e : golden.list("estimators")) {
            for (MetaGradient estimator : List.of(Unroll.FULL, Sweep.ALL, Sweep.SQRT)) {
                var estimate = estimator.estimate(learner, theta, tasks, TaskContext.training(1));
                golden.check("expect." + e + ".meta_loss", estimate.losses());
                golden.checkAll("expect." + e + ".grad", estimate.gradient().mul(1.0 / tasks.size()));
            }
            for (TaskContext context : List.of(TaskContext.training(1), TaskContext.evaluation(1, Params.EMPTY))) {
                Params phi = learner.step(theta, Params.EMPTY, tasks, context.at(0, false))
                        .state();
                Tensor logits = learner.predict(theta, phi, tasks, context.at(1, false));
                if (golden.has("expect." + e + ".prototypes")) {
                    golden.check("expect." + e + ".prototypes", phi.get("prototypes"));
                    golden.check("expect." + e + ".logits", logits);
                } else {
                    cosines(golden, e, learner.encoder().features(theta, tasks.queryX(), Normalization.batch()), phi);
                }
                golden.check("expect." + e + ".log_probability", logits.logSoftmax(2));
            }
        }
    }

    private static Head head(Golden golden) {
        String kind = golden.text("estimator." + golden.list("estimators").get(0) + ".kind");
        return kind.equals("matching") ? new Matching(Matching.Kernel.COSINE, Optional.empty()) : Prototypes.EUCLIDEAN;
    }

    private static void cosines(Golden golden, String e, Tensor queries, Params phi) {
        Tensor cosines = Matching.Kernel.COSINE.of(queries, phi.get("keys"));
        golden.check("expect." + e + ".cosine", cosines);
        golden.check("expect." + e + ".attention", cosines.softmax(2));
    }
}
