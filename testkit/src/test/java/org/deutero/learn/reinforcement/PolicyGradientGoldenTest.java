package org.deutero.learn.reinforcement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deutero.learn.action.ActionDistribution;
import org.deutero.tasks.world.Actions;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Linear;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Advantages, and the losses of PPO and advantage actor-critic on choices and vectors, with their gradients. */
class PolicyGradientGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("gae_ppo_a2c"), golden -> {
            golden.list("gae_cases").forEach(name -> advantages(golden, name));
            for (String distribution : golden.list("distributions")) {
                golden.list("losses").forEach(loss -> loss(golden, distribution, loss));
            }
        });
    }

    private static void advantages(Golden golden, String name) {
        Advantages gae = new Advantages(golden.number("gamma"), golden.number("lambda"));
        Tensor reward = golden.tensor("gae.reward");
        Tensor value = golden.tensor("gae.value");
        Advantages.Estimated found = name.equals("rl2")
                ? gae.trials(reward, value)
                : gae.episodes(
                        reward,
                        value,
                        golden.tensor("gae.next_value"),
                        golden.tensor("gae.terminated"),
                        golden.tensor("gae.truncated"),
                        name.equals("merged") ? Advantages.Ends.MERGED : Advantages.Ends.SEPARATE);
        String expected = "expect.gae." + name + ".";
        golden.check(expected + "advantage", found.advantage());
        golden.check(expected + "target", found.target());
        golden.check(expected + "standardised", Advantages.standardised(found.advantage()));
    }

    /** What a network makes of some samples, and the loss of that. */
    private record Judged(ActionDistribution policy, Tensor value, PolicyLoss.Terms terms) {
        static Judged of(Golden golden, String name, PolicyLoss loss, Params theta, Tensor rows) {
            Params data = golden.params(name).filter(n -> !n.startsWith("theta"));
            Params sample = rows == null ? data : data.map(t -> t.indexSelect(0, rows));
            Tensor seen = sample.get("observation");
            Tensor action = sample.get("action");
            Tensor outputs = network(theta, "policy", seen);
            Actions actions = theta.has("log_std")
                    ? new Actions.Box((int) outputs.size(1), 1)
                    : new Actions.Discrete((int) outputs.size(1));
            ActionDistribution policy =
                    ActionDistribution.of(actions, outputs, theta.has("log_std") ? theta.get("log_std") : null);
            Tensor value = network(theta, "value", seen).squeeze(1);
            return new Judged(
                    policy,
                    value,
                    loss.of(
                            policy.logProbability(action),
                            sample.get("old_log_probability"),
                            sample.get("advantage"),
                            policy.entropy(),
                            value,
                            sample.get("target")));
        }

        private static Tensor network(Params theta, String name, Tensor x) {
            Tensor hidden = Linear.apply(theta.child(name + "0"), x).tanh();
            return Linear.apply(theta.child(name + "1"), hidden);
        }
    }

    private static void loss(Golden golden, String distribution, String name) {
        PolicyLoss loss = new PolicyLoss(
                name.equals("ppo") ? golden.number("clip") : 0,
                golden.number("value_weight"),
                golden.number("entropy_weight"),
                PolicyLoss.ValueForm.SQUARED);
        Params theta = golden.params(distribution + ".theta").leaf();
        String expected = "expect." + distribution + "_" + name + ".";
        Judged all = Judged.of(golden, distribution, loss, theta, null);
        PolicyLoss.Terms terms = all.terms();
        golden.check(
                expected + "log_probability", all.policy().logProbability(golden.tensor(distribution + ".action")));
        golden.check(expected + "entropy", terms.entropy());
        golden.check(expected + "value", all.value());
        golden.check(expected + "policy_loss", one(terms.policy()));
        golden.check(expected + "value_loss", one(terms.value()));
        golden.check(expected + "mean_entropy", one(terms.entropy()));
        golden.check(expected + "loss", one(terms.loss()));
        if (loss.clip() > 0) {
            golden.check(expected + "ratio", terms.ratio());
            golden.check(expected + "clip_fraction", one(loss.clipped(terms.ratio())));
        }
        golden.checkAll(expected + "grad", Autograd.gradient(terms.loss().mean(), theta, false));
        miniBatches(golden, distribution, expected, loss);
    }

    private static void miniBatches(Golden golden, String distribution, String expected, PolicyLoss loss) {
        Tensor rows = golden.tensor("minibatch.row").to(DType.INT64);
        List<Tensor> losses = new ArrayList<>();
        List<Params> gradients = new ArrayList<>();
        for (int i = 0; i < rows.size(0); i++) {
            Params theta = golden.params(distribution + ".theta").leaf();
            Tensor mean = Judged.of(golden, distribution, loss, theta, rows.select(0, i))
                    .terms()
                    .loss()
                    .mean();
            losses.add(mean.detach().reshape(1));
            gradients.add(Autograd.gradient(mean, theta, false));
        }
        golden.check(expected + "minibatch.loss", Tensors.cat(losses, 0));
        Params first = gradients.get(0);
        Params.Builder stacked = Params.builder();
        first.names()
                .forEach(name -> stacked.put(
                        name,
                        Tensors.stack(gradients.stream().map(g -> g.get(name)).toList(), 0)));
        golden.checkAll(expected + "minibatch.grad", stacked.build());
        // Mini-batches of one size that make up the whole: the mean of their gradients is the whole one's.
        Params mean = gradients.stream().reduce(Params::add).orElseThrow().mul(1.0 / gradients.size());
        golden.checkAll(expected + "grad", mean);
    }

    private static Tensor one(Tensor numbers) {
        return numbers.mean().reshape(1);
    }
}
