package org.deutero.methods.metanet;

import java.util.List;
import java.util.stream.Stream;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Fast weights, keys, attention, answers and the gradients of all meta-parameters, with support gradients as constants and differentiated. */
class MetaNetGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("metanet"), golden -> {
            check(golden, false);
            check(golden, true);
        });
    }

    private static void check(Golden golden, boolean through) {
        MetaNetwork learner = new MetaNetwork(
                new AugmentedNetwork(
                        golden.list("sizes").stream().map(Integer::valueOf).toList(), Initializer.FAN_IN_UNIFORM),
                new FastWeightGenerator(golden.integer("generator_width"), Initializer.FAN_IN_UNIFORM),
                golden.integer("chunks"),
                false,
                true,
                true,
                through,
                DType.FLOAT64);
        Episodes task = new Episodes(
                golden.tensor("support.x").unsqueeze(0),
                golden.tensor("support.y").unsqueeze(0),
                golden.tensor("query.x").unsqueeze(0),
                golden.tensor("query.y").unsqueeze(0),
                golden.integer("way"));
        Params theta = golden.params("theta").leaf();
        TaskContext context = TaskContext.training(1);
        Step step = learner.step(theta, learner.begin(theta, task, context.at(0, true)), task, context.at(0, true));
        Params phi = step.state();
        golden.checkAll("expect.memory", phi.child("memory").task(0));
        golden.checkAll("expect.fast.embed", phi.child("fast").task(0));
        golden.check("expect.index", phi.get("index").squeeze(0));
        golden.check(
                "expect.attention", learner.attention(theta, phi, task.queryX()).squeeze(0));
        golden.check(
                "expect.logits",
                learner.predict(theta, phi, task, context.at(1, true)).squeeze(0));
        Tensor loss = learner.metaLoss(theta, phi, task, context.at(1, true));
        golden.check("expect.loss", loss);
        String kind = through ? "through" : "detached";
        golden.checkAll("expect." + kind + ".grad", Autograd.gradient(loss.sum(), theta, false));
        Params answered = learner.solution(theta, phi, task, TestTasks.evaluation(1, Params.EMPTY));
        golden.check("expect.logits", learner.answer(answered, task.queryX().squeeze(0)));
    }
}
