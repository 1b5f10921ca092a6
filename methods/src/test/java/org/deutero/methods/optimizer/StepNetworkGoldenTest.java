package org.deutero.methods.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.ProblemLearner;
import org.deutero.methods.optimizer.MetaObjective.Judged;
import org.deutero.methods.optimizer.rule.AdafactorRule;
import org.deutero.methods.optimizer.rule.LearnedRule;
import org.deutero.methods.optimizer.rule.MlpRule;
import org.deutero.methods.optimizer.rule.RuleProbe;
import org.deutero.methods.optimizer.rule.StepNetwork;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer.Direction;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Features, slots and steps of the rules with a perceptron for every parameter, for given gradients, and their meta-gradients through the learner. */
class StepNetworkGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("lopt_mlp", "lopt_adafac"), golden -> {
            LearnedRule rule = rule(golden);
            if (rule instanceof AdafactorRule adafactor) {
                golden.checkAll("expect.decay", RuleProbe.decays(adafactor, golden.params("theta")));
            }
            for (String name : golden.list("cases")) {
                given(golden, rule, name);
            }
            for (String name : golden.list("estimators")) {
                trained(golden, rule, name);
            }
        });
    }

    private static LearnedRule rule(Golden golden) {
        Params theta = golden.params("theta");
        List<Integer> hidden = new ArrayList<>();
        for (int l = 0; theta.has("mlp" + (l + 1) + ".bias"); l++) {
            hidden.add((int) theta.get("mlp" + l + ".bias").size(0));
        }
        StepNetwork network = new StepNetwork(
                hidden, golden.number("step_mult"), golden.number("exp_mult"), golden.numbers("time_scales"));
        return golden.hasText("momentum_decays")
                ? new MlpRule(network, golden.numbers("momentum_decays"))
                : new AdafactorRule(
                        network,
                        golden.numbers("initial_momentum_decays"),
                        golden.numbers("initial_rms_decays").get(0),
                        golden.numbers("initial_adafactor_decays"));
    }

    private static Params given(Golden golden, String what) {
        Params.Builder tree = Params.builder();
        golden.list("tensors").forEach(name -> tree.put(name, golden.tensor("given." + name + "." + what)));
        return tree.build();
    }

    private static void given(Golden golden, LearnedRule rule, String name) {
        Params theta = golden.params("theta").leaf();
        Params gradients = given(golden, "g");
        Params weights = given(golden, "p");
        Params slots = name.equals("carried")
                ? RuleProbe.joined(rule, weights, carried(golden, weights))
                : rule.slots(weights);
        int start = golden.integer("case." + name + ".start");
        Params.Builder seen = Params.builder();
        for (int t = 0; t < golden.integer("case." + name + ".steps"); t++) {
            int now = t;
            Params g = gradients.map(all -> all.select(1, now));
            Direction move = rule.direction(theta, g, slots, weights, start + t);
            Params after = move.state();
            Params told = Params.builder()
                    .put("raw", RuleProbe.byTensor(rule, weights, RuleProbe.raw(rule, g, after, weights)))
                    .put(
                            "input",
                            RuleProbe.byTensor(
                                    rule, weights, RuleProbe.inputs(rule, g, after, weights, start + (long) t)))
                    .build();
            weights = weights.sub(move.direction());
            slots = after;
            seen.put(Integer.toString(t), told.with(weights.under("p")).with(RuleProbe.byTensor(rule, weights, slots)));
        }
        Params all = seen.build();
        Params first = all.child("0");
        Params.Builder stacked = Params.builder();
        int steps = golden.integer("case." + name + ".steps");
        first.names().forEach(key -> {
            List<Tensor> each = new ArrayList<>();
            for (int t = 0; t < steps; t++) {
                each.add(all.get(t + "." + key));
            }
            stacked.put(key, Tensors.stack(each, 1));
        });
        Tensor scalar = given(golden, "probe").dotPerTask(weights).mean();
        Params results = stacked.build()
                .with(Params.of("scalar", scalar.reshape(1)))
                .with(Autograd.gradient(scalar, theta, false).under("grad"));
        golden.checkAll("expect." + name, results);
    }

    /** From {@code NAME.m} to {@code m.NAME}. */
    private static Params carried(Golden golden, Params weights) {
        Params.Builder slots = Params.builder();
        weights.names()
                .forEach(name ->
                        golden.params("carried." + name).forEach((slot, value) -> slots.put(slot + "." + name, value)));
        return slots.build();
    }

    private static Tensor loss(Golden golden, Params p, int batch) {
        Tensor x = golden.tensor("problem.x").select(1, batch);
        Tensor y = golden.tensor("problem.y").select(1, batch);
        Tensor h = layer(p.child("l0"), x).tanh();
        Tensor outputs = layer(p.child("l1"), h).mul(p.get("gain").unsqueeze(2));
        return outputs.sub(y).square().mean(1, 2);
    }

    private static Tensor layer(Params p, Tensor x) {
        return x.matmul(p.get("weight").transpose(1, 2)).add(p.get("bias").unsqueeze(1));
    }

    private static void trained(Golden golden, LearnedRule rule, String name) {
        boolean second = Boolean.parseBoolean(golden.text("estimator." + name + ".second"));
        boolean last = golden.text("estimator." + name + ".loss").equals("final");
        Params theta = golden.params("theta").leaf();
        int steps = (int) golden.tensor("problem.x").size(1) - 1;
        // A number has one dimension with its tasks, [1] there has two: both count as tensors of one element.
        Params start = golden.params("problem.init");
        Problems problems = ScriptedProblem.of(start, (p, t) -> loss(golden, p, t), steps, steps);
        RuleLearner learner = new RuleLearner(
                rule,
                last ? MetaObjective.of(Judged.FINAL, false) : MetaObjective.of(Judged.BEFORE, true),
                second,
                DType.FLOAT64);
        Lifetime<Problems> life = new Lifetime<>(learner, theta, problems, TaskContext.training(1));
        List<Tensor> losses = new ArrayList<>();
        Passage end = life.run(
                life.start(Trace.SECOND_ORDER),
                steps,
                Trace.SECOND_ORDER,
                (before, step, scope) ->
                        losses.add(scope.keep(problems.loss(ProblemLearner.trained(before.state()), before.age())
                                .detach())));
        golden.check("expect.problem.loss", Tensors.stack(losses, 1));
        golden.checkAll("expect.problem.p", ProblemLearner.trained(end.state()));
        Tensor metaLoss = life.losses(end, Trace.SECOND_ORDER);
        golden.check("expect." + name + ".meta_loss", metaLoss);
        golden.checkAll("expect." + name + ".grad", Autograd.gradient(metaLoss.mean(), theta, false));
    }
}
