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
import org.deutero.methods.optimizer.rule.LstmRule;
import org.deutero.methods.optimizer.rule.Preprocessing;
import org.deutero.methods.optimizer.rule.RuleProbe;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Losses, inputs, updates, states and meta-gradients of the coordinate-wise LSTM, by the learner that is meta-trained. */
class LstmRuleGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("lopt_l2l"), golden -> {
            for (String name : golden.list("cases")) {
                check(golden, name);
            }
        });
    }

    private static Problems problems(Golden golden, int steps) {
        Params start = golden.params("init");
        Tensor w = golden.tensor("problem.w");
        Tensor y = golden.tensor("problem.y");
        return ScriptedProblem.of(
                start,
                (x, t) -> w.select(1, t)
                        .matmul(x.flattenPerTask().unsqueeze(2))
                        .squeeze(2)
                        .sub(y.select(1, t))
                        .square()
                        .sum(1),
                steps,
                steps);
    }

    private static void check(Golden golden, String name) {
        String setting = "case." + name + ".";
        boolean plain = golden.text(setting + "preprocess").equals("none");
        Params theta =
                golden.params((plain ? "none" : "log_and_sign") + ".theta").leaf();
        boolean second = Boolean.parseBoolean(golden.text(setting + "second"));
        int steps = golden.integer(setting + "steps");
        List<Integer> layers = new ArrayList<>();
        for (int l = 0; theta.has("lstm" + l + ".bias"); l++) {
            layers.add((int) theta.get("lstm" + l + ".bias").size(0) / 4);
        }
        LstmRule rule = new LstmRule(
                plain ? Preprocessing.NONE : Preprocessing.LOG_AND_SIGN,
                golden.number("k"),
                layers,
                golden.number("output_scale"),
                golden.number("forget_offset"));
        RuleLearner learner = new RuleLearner(rule, MetaObjective.of(Judged.NEXT, false), second, DType.FLOAT64);
        Problems problems = problems(golden, steps);
        Lifetime<Problems> life = new Lifetime<>(learner, theta, problems, TaskContext.training(1));
        Params start = life.begin(true);
        if (Boolean.parseBoolean(golden.text(setting + "carried"))) {
            start = start.with(golden.params("carried").under("slots"));
        }
        List<Tensor> losses = new ArrayList<>();
        List<Tensor> inputs = new ArrayList<>();
        List<Tensor> updates = new ArrayList<>();
        Passage end = life.run(new Passage(0, start), steps, Trace.SECOND_ORDER, (before, step, scope) -> {
            Params weights = ProblemLearner.trained(before.state());
            Params at = weights.leaf();
            Tensor loss = problems.loss(at, before.age());
            losses.add(scope.keep(loss.detach()));
            Tensor gradient = Autograd.gradient(loss.sum(), at, false).flattenPerTask();
            inputs.add(scope.keep(RuleProbe.inputs(rule, gradient).detach()));
            updates.add(scope.keep(ProblemLearner.trained(step.state())
                    .sub(weights)
                    .flattenPerTask()
                    .detach()));
        });
        Params trained = ProblemLearner.trained(end.state());
        losses.add(problems.loss(trained.detach(), steps));
        Tensor metaLoss = life.losses(end, Trace.SECOND_ORDER);
        String expected = "expect." + name + ".";
        golden.check(expected + "loss", Tensors.stack(losses, 1));
        golden.check(expected + "input", Tensors.stack(inputs, 1));
        golden.check(expected + "update", Tensors.stack(updates, 1));
        golden.check(expected + "x0", trained.get("x0"));
        golden.check(expected + "x1", trained.get("x1"));
        end.state().child("slots").forEach((slot, value) -> golden.check(expected + slot, value));
        golden.check(expected + "meta_loss", metaLoss);
        golden.checkAll(expected + "grad", Autograd.gradient(metaLoss.mean(), theta, false));
    }
}
