package org.deutero.methods.weighting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.learn.gradient.ExampleWeights;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.BilevelMetaAlgorithm;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.maml.GoldenNetworks;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Weights of examples, virtual steps and hyper-gradients, by double backward and by directional derivatives. */
class WeightingGoldenTest {
    private static final List<MetaGradient> EXACT =
            List.of(Unroll.FULL, Sweep.ALL, new MixedMode(Store.AUTO), ExampleWeights.EXACT);

    @TestFactory
    Stream<DynamicTest> metaWeightNet() {
        return Golden.tests(getClass(), List.of("meta_weight_net"), golden -> {
            List<String> tensors = golden.list("phi.tensors");
            double[] gates = golden.tensor("famus.gate").doubles();
            Set<String> shut = new HashSet<>();
            for (int i = 0; i < gates.length; i++) {
                if (gates[i] == 0) {
                    shut.add(tensors.get(i));
                }
            }
            for (String e : golden.list("estimators")) {
                boolean famus = golden.text("estimator." + e + ".kind").equals("famus");
                MetaWeightNet learner = learner(
                        golden,
                        golden.number("inner.rate"),
                        golden.text("estimator." + e + ".weights"),
                        famus ? new FixedGate(shut) : FixedGate.NONE);
                check(golden, e, learner);
                if (!famus) {
                    Steps steps = steps(golden, learner);
                    golden.check("expect.example_loss", steps.losses);
                    golden.check("expect.v", learner.net().values(net(golden).expand(steps.tasks), steps.losses));
                    golden.check("expect." + e + ".weight", steps.weights);
                    golden.checkAll("expect." + e + ".virtual", steps.virtual);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> famusAndLearningToReweight() {
        return Golden.tests(getClass(), List.of("famus_l2r"), golden -> {
            List<String> layers = golden.list("layers");
            for (String c : golden.list("cases")) {
                List<Double> gates = golden.numbers("case." + c + ".gate");
                Set<String> shut = new HashSet<>();
                for (int i = 0; i < gates.size(); i++) {
                    if (gates.get(i) == 0) {
                        shut.add(layers.get(i));
                    }
                }
                MetaWeightNet learner = learner(golden, golden.number("rate"), "normalised", new FixedGate(shut));
                check(golden, c, learner);
                Steps steps = steps(golden, learner);
                golden.check("expect.example_loss", steps.losses);
                golden.check("expect.weight", steps.weights);
                golden.checkAll("expect.virtual", steps.virtual);
            }
            reweighted(golden);
        });
    }

    private static void reweighted(Golden golden) {
        LearningToReweight learner = new LearningToReweight(classifier(golden, golden.number("rate")), FixedGate.NONE);
        Episodes tasks = tasks(golden);
        Params phi = golden.params("phi");
        var context = TaskContext.training(1).at(0, false);
        Tensor agreement = learner.agreement(phi, tasks, context);
        golden.check("expect.l2r.G", agreement);
        golden.check("expect.l2r.weight", LearningToReweight.weights(agreement));
        Params own = phi.under(BilevelLearner.MODEL);
        golden.checkAll(
                "expect.l2r.next", learner.step(own, phi, tasks, context).state());
    }

    private record Steps(int tasks, Tensor losses, Tensor weights, Params virtual) {}

    private static Steps steps(Golden golden, MetaWeightNet learner) {
        Episodes tasks = tasks(golden);
        Params phi = golden.params("phi");
        Params theta = net(golden).under(MetaWeightNet.NET);
        var context = TaskContext.training(1).at(0, false);
        Tensor losses = learner.exampleLosses(theta, phi, tasks, context);
        return new Steps(
                tasks.size(),
                losses,
                learner.exampleWeights(theta, losses, tasks, context),
                learner.step(theta, phi, tasks, context).state());
    }

    /** Every task has a model of its own here, which production has in theta: one task at a time. */
    private static void check(Golden golden, String e, MetaWeightNet learner) {
        Episodes tasks = tasks(golden);
        String losses = golden.has("expect." + e + ".meta_loss") ? "expect." + e + ".meta_loss" : "expect.meta_loss";
        for (MetaGradient estimator : EXACT) {
            List<Tensor> found = new ArrayList<>();
            Params sum = null;
            for (int i = 0; i < tasks.size(); i++) {
                Params hyper = net(golden).under(MetaWeightNet.NET);
                Params theta =
                        golden.params("phi").task(i).under(BilevelLearner.MODEL).with(hyper);
                Estimate estimate = estimator.estimate(
                        BilevelMetaAlgorithm.hyperPart(learner, theta),
                        hyper,
                        tasks.slice(i, i + 1),
                        TaskContext.training(1));
                found.add(estimate.losses());
                sum = sum == null ? estimate.gradient() : sum.add(estimate.gradient());
            }
            golden.check(losses, Tensors.cat(found, 0));
            Params mean = sum.mul(1.0 / tasks.size()).child(MetaWeightNet.NET);
            golden.checkAll(
                    "expect." + e + ".grad",
                    mean.child("l0").under("v0").with(mean.child("l1").under("v1")));
        }
    }

    private static MetaWeightNet learner(Golden golden, double rate, String weights, Gate gate) {
        int hidden = (int) golden.tensor("theta.v0.bias").size(0);
        WeightNet net = new WeightNet(
                hidden, WeightNet.Input.LOSS, WeightNet.Weighting.valueOf(weights.toUpperCase(Locale.ROOT)));
        return new MetaWeightNet(classifier(golden, rate), net, 0, gate, 0.1, Alignment.NONE);
    }

    private static Classifier classifier(Golden golden, double rate) {
        Mlp shared = GoldenNetworks.mlp(golden, "phi", 1);
        return new Classifier(shared, ModelTraining.of(Sgd.PLAIN, rate), DType.FLOAT64);
    }

    private static Params net(Golden golden) {
        Params v = golden.params("theta");
        return v.child("v0").under("l0").with(v.child("v1").under("l1"));
    }

    private static Episodes tasks(Golden golden) {
        int way = (int) golden.tensor("phi.l2.bias").size(1);
        return new Episodes(
                golden.tensor("support.x"),
                golden.tensor("support.y"),
                golden.tensor("query.x"),
                golden.tensor("query.y"),
                way);
    }
}
