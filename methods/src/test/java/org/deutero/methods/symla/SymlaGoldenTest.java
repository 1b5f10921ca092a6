package org.deutero.methods.symla;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.methods.vsml.InitialState;
import org.deutero.methods.vsml.Reduction;
import org.deutero.methods.vsml.VsmlRule;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Logits over a lifetime of given observations, actions and rewards, states at its end, and the gradient through all of it. */
class SymlaGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("symla"), golden -> {
            for (String name : golden.list("cases")) {
                check(golden, name);
            }
        });
    }

    private static SymmetricPolicy policy(Golden golden, String name, List<Integer> sizes) {
        VsmlRule rule = new VsmlRule(
                golden.integer("state_size"),
                golden.integer("message_size"),
                golden.integer("ticks"),
                golden.number("gate_bias"),
                Reduction.valueOf(golden.text("case." + name + ".reduction").toUpperCase(Locale.ROOT)),
                false,
                true,
                true);
        return new SymmetricPolicy(sizes.subList(1, sizes.size() - 1), rule, InitialState.ZERO);
    }

    private static void check(Golden golden, String name) {
        String net = "net" + golden.text("case." + name + ".net");
        List<Integer> sizes =
                golden.list(net + ".sizes").stream().map(Integer::valueOf).toList();
        int layers = sizes.size() - 1;
        int actions = sizes.get(layers);
        SymmetricPolicy policy = policy(golden, name, sizes);
        Tensor observation = golden.tensor(net + ".observation");
        Tensor action = golden.tensor(net + ".action");
        Tensor reward = golden.tensor(net + ".reward");
        int lives = (int) observation.size(0);
        Params theta = golden.params("theta").leaf();
        Params state = policy.start(sizes.get(0), actions, new SplittableRandom(1), DType.FLOAT64, lives);
        for (int l = 0; l < layers; l++) {
            state = state.with(
                    Params.of("c" + l, golden.tensor(net + ".init.c" + l).permute(0, 3, 1, 2)));
        }
        List<Tensor> logits = new ArrayList<>();
        for (int t = 0; t < observation.size(1); t++) {
            SymmetricPolicy.Thought thought = policy.think(theta.expand(lives), state, observation.select(1, t));
            logits.add(thought.preferences());
            state = SymmetricPolicy.told(
                    thought.state(), action.select(1, t).oneHot(actions, DType.FLOAT64), reward.select(1, t));
        }
        Tensor all = Tensors.stack(logits, 1);
        Tensor loss = Losses.crossEntropy(all, action);
        String expect = "expect." + name + ".";
        golden.check(expect + "logits", all.detach());
        golden.check(expect + "loss", loss.detach());
        for (int l = 0; l < layers; l++) {
            for (String part : new String[] {"h" + l, "c" + l}) {
                golden.check(expect + part, state.get(part).detach().permute(0, 2, 3, 1));
            }
        }
        golden.checkAll(expect + "grad", Autograd.gradient(loss.mean(), theta, false));
    }
}
