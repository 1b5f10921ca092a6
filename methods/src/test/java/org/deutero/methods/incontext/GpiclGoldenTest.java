package org.deutero.methods.incontext;

import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Estimate;
import org.deutero.methods.sequence.ClassCodes;
import org.deutero.methods.sequence.SequenceNetwork;
import org.deutero.methods.sequence.TokenFormat;
import org.deutero.tasks.projection.Statistics;
import org.deutero.tasks.projection.TaskFamily;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.attention.Transformer;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Projected images, tokens, logits at every position, loss and gradient of GPICL, all at once and one token at a time. */
class GpiclGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("gpicl"), golden -> {
            Tensor x =
                    TaskFamily.projected(Statistics.BATCH.apply(golden.tensor("image")), golden.tensor("projection"));
            golden.check("expect.x", x);
            Tensor y = golden.tensor("permutation").gather(1, golden.tensor("label"));
            golden.check("expect.y", y);
            Sequences tasks = new Sequences(x, y, golden.integer("classes"));
            golden.list("cases").forEach(name -> check(golden, name, tasks));
        });
    }

    private static void check(Golden golden, String name, Sequences tasks) {
        TokenFormat format =
                TokenFormat.valueOf(golden.text("case." + name + ".format").toUpperCase(Locale.ROOT));
        boolean tanh = golden.text("case." + name + ".gelu").equals("tanh");
        Params theta = golden.params((format == TokenFormat.PAIRED ? "paired" : "official") + ".theta");
        Transformer network = new Transformer(
                (int) theta.get("embed.weight").size(1),
                golden.integer("classes"),
                (int) theta.get("embed.weight").size(0),
                golden.integer("layers"),
                golden.integer("heads"),
                golden.integer("key_size"),
                (int) theta.get("block0.fc0.weight").size(0),
                (int) theta.get("position").size(0),
                0.1,
                tanh ? Activation.GELU_TANH : Activation.GELU,
                golden.number("norm_epsilon"));
        String expected = "expect." + name + ".";
        ClassCodes labels = ClassCodes.oneHot(golden.integer("classes"));
        Tensor told = tasks.answers().oneHot(golden.integer("classes"), DType.FLOAT64);
        golden.check(expected + "token", format.sequence(tasks.items(), told));

        SequenceNetwork learner = new SequenceNetwork(network, labels, format, true, false, 0, true, DType.FLOAT64);
        SequenceNetwork stepping = new SequenceNetwork(network, labels, format, false, false, 0, true, DType.FLOAT64);
        TaskContext use = TaskContext.evaluation(1, Params.EMPTY);
        // Answers are log-probabilities, logits up to what is the same for all classes.
        Tensor logits = golden.tensor(expected + "logits");
        Tensor same = logits.logSumExp(2).unsqueeze(2);
        golden.check(expected + "logits", learner.answers(theta, tasks, use).add(same));
        golden.check(expected + "logits", stepping.answers(theta, tasks, use).add(same));
        golden.check(expected + "logits", network.sequence(theta, format.sequence(tasks.items(), told)));
        for (int t = 0; t < tasks.length(); t++) {
            // What is asked and not told leaves no trace: every item is asked twice over.
            Params phi = new Lifetime<>(stepping, theta, tasks, use)
                    .run(new Lifetime<>(stepping, theta, tasks, use).start(Trace.NONE), t, Trace.NONE, (b, s, o) -> {})
                    .state();
            Tensor twice = Tensors.cat(List.of(tasks.item(t), tasks.item(t)), 1);
            Tensor asked = stepping.ask(theta, phi, twice, tasks, use.at(t, false));
            Tensor at = logits.slice(1, t, t + 1).logSoftmax(2);
            assertNear(asked, Tensors.cat(List.of(at, at), 1), 1e-12);
        }

        for (SequenceNetwork each : List.of(learner, stepping)) {
            Estimate estimate = Unroll.FULL.estimate(each, theta, tasks, TaskContext.training(1));
            golden.check(expected + "loss", estimate.losses().mean().reshape(1));
            golden.checkAll(expected + "grad", estimate.gradient().map(g -> g.div(tasks.size())));
        }
    }
}
