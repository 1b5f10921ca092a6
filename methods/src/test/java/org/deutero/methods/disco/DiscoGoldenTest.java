package org.deutero.methods.disco;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The rule on two rollouts after each other, with small weights that are part of the file, and with the published ones if the system property {@code deutero.disco103} or the environment variable {@code DEUTERO_DISCO103} is the path of {@code disco_103.npz}.
 */
class DiscoGoldenTest {
    @TestFactory
    Stream<DynamicTest> smallWeights() {
        return Golden.tests(getClass(), List.of("disco_net"), golden -> {
            Params theta = golden.params("weights").leaf();
            Tensor scalar = twoUpdates(golden, theta);
            golden.check("expect.scalar", scalar.reshape(1));
            golden.checkAll("expect.grad", Autograd.gradient(scalar, theta, false));
        });
    }

    @TestFactory
    Stream<DynamicTest> publishedWeights() {
        return Golden.tests(getClass(), List.of("disco_103"), golden -> {
            String path = System.getProperty("deutero.disco103", System.getenv().getOrDefault("DEUTERO_DISCO103", ""));
            Assumptions.assumeFalse(path.isBlank(), "no published weights at hand: -Ddeutero.disco103=disco_103.npz");
            DiscoWeights sizes = DiscoWeights.PUBLISHED;
            assertThat(sizes.shapes()).hasSize(42);
            twoUpdates(golden, sizes.read(Path.of(path), DiscoWeights.PUBLISHED_SHA256, DType.FLOAT64));
        });
    }

    /** What does not depend on the networks, at the published sizes. */
    @TestFactory
    Stream<DynamicTest> publishedSizesUnderOtherWeights() {
        return Golden.tests(getClass(), List.of("disco_103"), golden -> {
            Params theta = DiscoWeights.PUBLISHED.init(new SplittableRandom(1), DType.FLOAT64);
            assertThat(theta.size()).isEqualTo(42);
            assertThat(theta.numel()).isEqualTo(754_778);
            DiscoRule rule = rule(golden);
            Params state = rule.begin(theta, 1, DType.FLOAT64);
            for (int u = 0; u < golden.integer("updates"); u++) {
                Params said = said(golden, u);
                DiscoRule.Verdict verdict = judge(golden, rule, theta, state, u, said);
                conventional(golden, verdict, "expect.update" + u + ".");
                conventionalLosses(golden, rule, said, verdict, "expect.update" + u + ".");
                assertThat(verdict.targets().input().shape()).containsExactly(1, 3, 2, 27);
                state = verdict.state();
            }
        });
    }

    /** Checks everything; gives the sum of probes where there are any. */
    private static Tensor twoUpdates(Golden golden, Params theta) {
        DiscoRule rule = rule(golden);
        Params state = rule.begin(theta, 1, DType.FLOAT64);
        DiscoRule.Verdict verdict = null;
        for (int u = 0; u < golden.integer("updates"); u++) {
            Params said = said(golden, u);
            String expect = "expect.update" + u + ".";
            verdict = judge(golden, rule, theta, state, u, said);
            conventional(golden, verdict, expect);
            conventionalLosses(golden, rule, said, verdict, expect);
            learned(golden, verdict, expect);
            losses(golden, rule, said, verdict, expect);
            state = verdict.state();
        }
        if (!golden.has("probe.pi_hat")) {
            return null;
        }
        Targets targets = verdict.targets();
        return probe(golden, "pi_hat", targets.pi())
                .add(probe(golden, "y_hat", targets.y()))
                .add(probe(golden, "z_hat", targets.z()))
                .add(probe(golden, "rnn.hidden", state.get("hidden")));
    }

    private static Tensor probe(Golden golden, String name, Tensor value) {
        return value.squeeze(0).mul(golden.tensor("probe." + name)).sum();
    }

    private static DiscoRule rule(Golden golden) {
        return new DiscoRule(
                new CategoricalValue(
                        golden.number("max_abs_value"),
                        golden.number("hyperbolic_epsilon"),
                        golden.number("two_hot_epsilon")),
                golden.number("discount"),
                golden.number("lambda"),
                golden.number("ema_decay"),
                golden.number("ema_epsilon"),
                golden.number("ema_root_epsilon"),
                new Losses.Weights(
                        golden.number("pi_cost"),
                        golden.number("y_cost"),
                        golden.number("z_cost"),
                        golden.number("aux_policy_cost"),
                        golden.number("value_cost")));
    }

    private static Tensor ours(Golden golden, String key) {
        return golden.tensor(key).unsqueeze(0);
    }

    private static Tensor real(Golden golden, String key) {
        return ours(golden, key).to(DType.FLOAT64);
    }

    private static Params said(Golden golden, int update) {
        return golden.params("update" + update + ".agent")
                .map(t -> t.unsqueeze(0))
                .leaf();
    }

    private static DiscoRule.Verdict judge(
            Golden golden, DiscoRule rule, Params theta, Params state, int update, Params said) {
        String u = "update" + update + ".";
        AgentOutputs agent = AgentOutputs.of(said);
        AgentOutputs target = new AgentOutputs(
                ours(golden, u + "target.logits"),
                ours(golden, u + "target.y"),
                ours(golden, u + "target.z"),
                Tensors.zerosLike(agent.auxPi().detach()),
                ours(golden, u + "target.q"));
        Experience experience = new Experience(
                ours(golden, u + "behaviour.logits"),
                ours(golden, u + "action"),
                ours(golden, u + "reward"),
                real(golden, u + "terminal"),
                real(golden, u + "mask"));
        return rule.judge(theta, state, agent, target, experience);
    }

    private static void conventional(Golden golden, DiscoRule.Verdict verdict, String expect) {
        Values values = verdict.rollout().values();
        check(golden, expect + "q_value", values.q());
        check(golden, expect + "value", values.value());
        check(golden, expect + "target_q_value", values.targetQ());
        check(golden, expect + "target_value", values.targetValue());
        check(golden, expect + "rho", values.rho());
        check(golden, expect + "q_target", values.goal());
        check(golden, expect + "adv", values.advantage());
        check(golden, expect + "qv_adv", values.actionAdvantage());
        check(golden, expect + "q_td", values.error());
        check(golden, expect + "normalized_adv", verdict.rollout().normalisedAdvantage());
        check(golden, expect + "normalized_qv_adv", verdict.rollout().normalisedActionAdvantage());
        check(golden, expect + "normalized_q_td", verdict.normalisedError());
        check(golden, expect + "state.adv", verdict.state().get("adv"));
        check(golden, expect + "state.td", verdict.state().get("td"));
    }

    private static void learned(Golden golden, DiscoRule.Verdict verdict, String expect) {
        Targets targets = verdict.targets();
        check(golden, expect + "input", targets.input());
        check(golden, expect + "meta_input_emb", targets.summary());
        check(golden, expect + "pi_hat", targets.pi());
        check(golden, expect + "y_hat", targets.y());
        check(golden, expect + "z_hat", targets.z());
        check(golden, expect + "state.rnn.hidden", verdict.state().get("hidden"));
        check(golden, expect + "state.rnn.cell", verdict.state().get("cell"));
    }

    /** Gradients of the value and of the auxiliary policy come from these two losses alone. */
    private static void conventionalLosses(
            Golden golden, DiscoRule rule, Params said, DiscoRule.Verdict verdict, String expect) {
        Losses losses = Losses.of(AgentOutputs.of(said), verdict.rollout(), verdict.targets(), rule.value());
        check(golden, expect + "aux_loss", losses.aux());
        check(golden, expect + "value_loss", losses.value());
        gradients(golden, losses, rule, said.filter(List.of("q", "aux_pi")::contains), verdict, expect);
    }

    private static void losses(Golden golden, DiscoRule rule, Params said, DiscoRule.Verdict verdict, String expect) {
        Losses losses = Losses.of(AgentOutputs.of(said), verdict.rollout(), verdict.targets(), rule.value());
        check(golden, expect + "pi_loss", losses.pi());
        check(golden, expect + "y_loss", losses.y());
        check(golden, expect + "z_loss", losses.z());
        Tensor loss =
                losses.total(rule.weights(), verdict.rollout().experience().mask());
        golden.check(expect + "loss", loss);
        gradients(golden, losses, rule, said, verdict, expect);
    }

    private static void gradients(
            Golden golden, Losses losses, DiscoRule rule, Params of, DiscoRule.Verdict verdict, String expect) {
        Tensor loss =
                losses.total(rule.weights(), verdict.rollout().experience().mask());
        Params gradient = Autograd.gradientRetaining(loss.sum(), of, false);
        gradient.forEach((name, value) -> {
            if (golden.has(expect + "grad." + name)) {
                check(golden, expect + "grad." + name, value);
            } else {
                int last = value.rank() - 1;
                Tensor places = Tensors.range((int) value.size(last)).to(DType.FLOAT64);
                golden.check(
                        expect + "grad_norm." + name,
                        value.square().sum().sqrt().reshape(1));
                check(golden, expect + "grad_moment." + name, value.mul(places).sum(last));
            }
        });
    }

    private static void check(Golden golden, String key, Tensor batchOfOne) {
        golden.check(key, batchOfOne.squeeze(0));
    }
}
