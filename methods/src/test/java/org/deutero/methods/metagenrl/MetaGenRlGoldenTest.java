package org.deutero.methods.metagenrl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.methods.td3.Actor;
import org.deutero.methods.td3.Critic;
import org.deutero.methods.td3.PostNormMlp;
import org.deutero.methods.td3.Segments;
import org.deutero.methods.td3.Td3;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.optim.ClipPerTask;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The learned objective, its steps and their meta-gradients against an independent implementation. */
class MetaGenRlGoldenTest {
    @TestFactory
    Stream<DynamicTest> objective() {
        return Golden.tests(getClass(), List.of("metagenrl"), MetaGenRlGoldenTest::checkObjective);
    }

    @TestFactory
    Stream<DynamicTest> metaGradients() {
        return Golden.tests(
                getClass(), List.of("metagenrl"), golden -> golden.list("cases").forEach(c -> checkCase(golden, c)));
    }

    private static void checkObjective(Golden golden) {
        String expect = "expect.objective.";
        Params alpha = golden.params("alpha").leaf();
        Params policy = golden.params("policy").leaf();
        ObjectiveStep step = step(golden, "clipped_mean");
        Segments segments = group(golden, 0);
        Critic critic = critic(golden);
        Tensor seen = segments.seen();
        Tensor actions = step.actor().act(policy.expand(1), seen);
        Tensor values = critic.value(seen, actions).reshape(1, segments.number(), segments.steps() + 1L);
        golden.check(expect + "value", values.squeeze(0));
        Tensor before =
                actions.reshape(1, segments.number(), segments.steps() + 1L, -1).slice(2, 0, segments.steps());
        golden.check(
                expect + "lstm_input",
                objective(golden)
                        .lstmInput(alpha, segments, before, values.detach())
                        .squeeze(0));
        golden.check(
                expect + "masked",
                step.losses(alpha, policy.expand(1), segments, critic, 1).squeeze(0));
        Tensor loss = step.loss(alpha, policy.expand(1), segments, critic, 1);
        golden.check(expect + "loss", loss);
        golden.checkAll(expect + "policy.grad", Autograd.gradientRetaining(loss.sum(), policy, false));
        golden.checkAll(expect + "alpha.grad", Autograd.gradient(loss.sum(), alpha, false));
    }

    /** Once with shared alpha and once with alpha of each task's own, which must not differ. */
    private static void checkCase(Golden golden, String name) {
        checkCase(golden, name, false);
        checkCase(golden, name, true);
    }

    private static void checkCase(Golden golden, String name, boolean own) {
        String expect = "expect." + name + ".";
        Params alpha = (own ? golden.params("alpha").expand(1) : golden.params("alpha")).leaf();
        ObjectiveStep step = step(golden, golden.text("case." + name + ".kind"));
        int steps = golden.integer("case." + name + ".steps");
        MetaLoss meta = new MetaLoss(step, steps);
        int size = golden.integer("group");
        Segments segments = all(golden).slice(0, (steps + 1) * size);
        MetaLoss.Outcome outcome =
                meta.of(alpha, golden.params("policy").expand(1), Params.EMPTY, segments, critic(golden), true, 0);
        golden.check(expect + "value", outcome.loss().neg());
        golden.checkAll(expect + "policy", outcome.policy().task(0));
        Params gradient = Autograd.gradient(outcome.loss().sum(), alpha, false);
        golden.checkAll(expect + "grad", own ? gradient.task(0) : gradient);
        Params each = own ? gradient : gradient.expand(1);
        golden.checkAll(
                expect + "clipped_grad",
                new ClipPerTask(golden.number("meta_clip_norm")).apply(each).task(0));
    }

    private static ObjectiveStep step(Golden golden, String kind) {
        boolean total = kind.equals("sum");
        return new ObjectiveStep(
                new Actor(network(golden, golden.params("policy")), golden.number("action_limit")),
                Optional.of(objective(golden)),
                total,
                total ? ClipPerTask.NONE : new ClipPerTask(golden.number("clip_norm")),
                Sgd.PLAIN,
                golden.number("rate_" + kind));
    }

    private static NeuralObjective objective(Golden golden) {
        return new NeuralObjective(
                widths(golden, "alpha.action"),
                widths(golden, "alpha.input"),
                (int) golden.tensor("alpha.lstm.weight").size(0) / 4,
                widths(golden, "alpha.output")
                        .subList(0, widths(golden, "alpha.output").size() - 1),
                golden.number("output_scale"),
                golden.number("forget_offset"),
                golden.number("norm_epsilon"),
                golden.number("standardise_epsilon"),
                Initializer.XAVIER_UNIFORM);
    }

    private static List<Integer> widths(Golden golden, String prefix) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; golden.has(prefix + ".l" + i + ".weight"); i++) {
            widths.add((int) golden.tensor(prefix + ".l" + i + ".weight").size(0));
        }
        return widths;
    }

    private static PostNormMlp network(Golden golden, Params params) {
        List<Integer> sizes =
                new ArrayList<>(List.of((int) params.get("l0.weight").size(1)));
        for (int i = 0; params.has("l" + i + ".weight"); i++) {
            sizes.add((int) params.get("l" + i + ".weight").size(0));
        }
        return new PostNormMlp(sizes, PostNormMlp.Hidden.RELU, true, true, golden.number("norm_epsilon"));
    }

    private static Critic critic(Golden golden) {
        Params critic = golden.params("critic");
        Actor none = new Actor(network(golden, golden.params("policy")), 1);
        return new Td3(none, network(golden, critic), 0.99, 0.2, 0.5, 0.005, false).critic(critic.expand(1));
    }

    private static Segments group(Golden golden, int number) {
        int size = golden.integer("group");
        return all(golden).slice(number * size, (number + 1) * size);
    }

    private static Segments all(Golden golden) {
        return new Segments(
                golden.tensor("observation").unsqueeze(0),
                golden.tensor("action").unsqueeze(0),
                golden.tensor("reward").unsqueeze(0),
                golden.tensor("terminated").to(DType.FLOAT64).unsqueeze(0),
                golden.tensor("mask").to(DType.FLOAT64).unsqueeze(0),
                golden.tensor("last_observation").unsqueeze(0));
    }
}
