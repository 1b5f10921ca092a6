package org.deutero.methods.memorization;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Estimate;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.key.KeyValues;
import org.deutero.tasks.key.LabelKey;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Objectives, divergences and gradients of both bottlenecks, and label keys, against an independent implementation. */
class MetaAugMrGoldenTest {
    @TestFactory
    Stream<DynamicTest> bottlenecks() {
        return Golden.tests(
                getClass(),
                List.of("meta_aug_mr"),
                golden -> golden.list("cases").forEach(c -> check(golden, c)));
    }

    @TestFactory
    Stream<DynamicTest> labelKeys() {
        return Golden.tests(
                getClass(),
                List.of("meta_aug_mr"),
                golden -> golden.list("keys").forEach(k -> checkKey(golden, k)));
    }

    private static void check(Golden golden, String name) {
        Params theta = golden.params(name + ".theta").leaf();
        boolean weights = name.equals("weights");
        int width = (int) theta.get("head.l0.weight").size(1);
        double beta = golden.number("beta_" + name);
        MrMaml learner = learner(golden, theta, weights, width, beta);
        Episodes tasks = new Episodes(
                golden.tensor("support.x"),
                golden.tensor("support.y"),
                golden.tensor("query.x"),
                golden.tensor("query.y"),
                0);
        String expect = "expect." + name + ".";
        Map<String, double[]> reported = new HashMap<>(); // their tensors go with the estimator's scope
        TaskContext context = TaskContext.training(
                1,
                0,
                Params.EMPTY,
                observed -> observed.child("report").forEach((n, t) -> reported.put(n, t.doubles())));
        Estimate estimate = Unroll.FULL.estimate(new Lifetime<>(learner, theta, tasks, context));
        golden.check(expect + "query_loss", Tensor.of(reported.get("query-loss"), tasks.size()));
        golden.check(
                expect + "kl",
                Tensor.of(reported.get("divergence"), tasks.size()).mean().reshape(1));
        golden.check(expect + "objective", estimate.losses().mean().reshape(1));
        golden.checkAll(expect + "grad", estimate.gradient().mul(1.0 / tasks.size()));
        if (golden.has(expect + "test_query_loss")) {
            Lifetime<Episodes> use = new Lifetime<>(learner, theta, tasks, TaskContext.evaluation(1, Params.EMPTY));
            Tensor predicted = learner.predict(
                    theta, use.run(Trace.NONE).state(), tasks, use.context().at(0, false));
            golden.check(expect + "test_query_loss", Objective.SQUARED_ERROR.losses(predicted, tasks.queryY()));
        }
    }

    private static MrMaml learner(Golden golden, Params theta, boolean weights, int width, double beta) {
        Params encoder = theta.child("encoder");
        String matrix = weights ? ".mean" : ".weight";
        Mlp network = mlp(List.of(encoder.get("l0" + matrix), encoder.get("l1" + matrix)));
        Params head = theta.child("head");
        Noise given = (name, dtype, tasks, context, shape) ->
                golden.tensor(weights ? "weights.noise.encoder." + name : "activations.noise." + name);
        return new MrMaml(
                new Bottleneck(
                        weights ? Bottleneck.Form.WEIGHTS : Bottleneck.Form.ACTIVATIONS,
                        new Headless(network),
                        width,
                        0,
                        0,
                        given),
                beta,
                mlp(List.of(head.get("l0.weight"), head.get("l1.weight"))),
                Objective.SQUARED_ERROR,
                InnerLoop.of(Sgd.PLAIN, golden.number("rate"), golden.integer("steps"), golden.integer("steps")),
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    private static Mlp mlp(List<Tensor> matrices) {
        List<Integer> sizes = Stream.concat(
                        Stream.of((int) matrices.get(0).size(1)),
                        matrices.stream().map(m -> (int) m.size(0)))
                .toList();
        return new Mlp(sizes, Activation.RELU, Initializer.FAN_IN_UNIFORM);
    }

    private static void checkKey(Golden golden, String name) {
        KeyValues any = KeyValues.uniform(0, 1);
        LabelKey key = switch (name) {
            case "permute" -> new LabelKey.Permute();
            case "offset" -> new LabelKey.Offset(any);
            case "circular" -> new LabelKey.Circular(any, 1);
            case "scale" -> new LabelKey.Scale(any);
            case "dimensions" -> new LabelKey.Dimensions();
            default -> throw new IllegalArgumentException(name);
        };
        for (String set : List.of("support.y", "query.y")) {
            String at = "keys." + name + ".";
            golden.check("expect." + at + set, key.apply(golden.tensor(at + "key"), golden.tensor(at + set)));
        }
    }
}
