package org.deutero.methods.td3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.methods.metagenrl.ObjectiveStep;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.ClipPerTask;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Targets, losses, gradients and followers of TD3 against an independent implementation. */
class Td3GoldenTest {
    @TestFactory
    Stream<DynamicTest> td3() {
        return Golden.tests(
                getClass(), List.of("td3"), golden -> golden.list("cases").forEach(c -> check(golden, c)));
    }

    private static void check(Golden golden, String name) {
        String expect = "expect." + name + ".";
        Params online = golden.params(name + ".online").leaf();
        Params target = golden.params(name + ".target");
        Td3 td3 = td3(golden, online, false);
        Transitions steps = transitions(golden);
        Tensor noise = one(golden.tensor("noise"));

        golden.check(
                expect + "target_action",
                td3.targetAction(many(target), steps.next(), noise).squeeze(0));
        Tensor action = td3.targetAction(many(target), steps.next(), noise);
        for (String q : List.of("q1", "q2")) {
            golden.check(
                    expect + "target_" + q,
                    td3.critic(many(target.child(q)))
                            .value(steps.next(), action)
                            .squeeze(0));
        }
        Tensor y = td3.target(many(target), steps, noise);
        golden.check(expect + "target", y.squeeze(0));
        golden.check(
                expect + "target_bonus",
                td3(golden, online, true).target(many(target), steps, noise).squeeze(0));

        Tensor critic = td3.criticLosses(many(online), steps, y);
        golden.check(expect + "critic.loss", critic);
        golden.checkAll(expect + "critic.grad", Autograd.gradient(critic.sum(), online, false));
        // Policies of TD3 step as those without an objective do.
        Tensor actor = new ObjectiveStep(td3.actor(), Optional.empty(), false, ClipPerTask.NONE, Sgd.PLAIN, 1)
                .loss(
                        Params.EMPTY,
                        many(online.child(Td3.ACTOR)),
                        segments(steps),
                        td3.critic(many(online.child(Td3.FIRST))),
                        1);
        golden.check(expect + "actor.loss", actor);
        golden.checkAll(expect + "actor.grad", Autograd.gradient(actor.sum(), online, false));
        golden.checkAll(expect + "polyak", td3.follow(target, online));
    }

    /** The steps as segments of one step each. */
    private static Segments segments(Transitions steps) {
        return new Segments(
                steps.observation().unsqueeze(2),
                steps.action().unsqueeze(2),
                steps.reward().unsqueeze(2),
                steps.terminated().unsqueeze(2),
                steps.mask().unsqueeze(2),
                steps.next());
    }

    private static Td3 td3(Golden golden, Params online, boolean bonus) {
        double limit = golden.number("action_limit");
        return new Td3(
                new Actor(network(golden, online.child(Td3.ACTOR)), limit),
                network(golden, online.child(Td3.FIRST)),
                golden.number("discount"),
                golden.number("noise_std"),
                golden.number("noise_clip"),
                golden.number("tau"),
                bonus);
    }

    private static PostNormMlp network(Golden golden, Params params) {
        List<Integer> sizes = new ArrayList<>();
        int layers = 0;
        while (params.has("l" + layers + ".weight")) {
            Tensor weight = params.get("l" + layers + ".weight");
            if (layers == 0) {
                sizes.add((int) weight.size(1));
            }
            sizes.add((int) weight.size(0));
            layers++;
        }
        return new PostNormMlp(
                sizes, PostNormMlp.Hidden.RELU, params.has("n0.weight"), true, golden.number("norm_epsilon"));
    }

    private static Transitions transitions(Golden golden) {
        return new Transitions(
                one(golden.tensor("observation")),
                one(golden.tensor("action")),
                one(golden.tensor("reward")),
                one(golden.tensor("terminated").to(DType.FLOAT64)),
                one(golden.tensor("mask").to(DType.FLOAT64)),
                one(golden.tensor("next_observation")));
    }

    private static Tensor one(Tensor x) {
        return x.unsqueeze(0);
    }

    /** As the one agent of a batch. */
    private static Params many(Params params) {
        return params.expand(1);
    }
}
