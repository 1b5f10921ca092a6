package org.deutero.methods.vsml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.StartingFrom;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** States, predictions, losses and gradients of networks of one and several layers, with and without backward pass, label and layer normalisation. */
class VsmlGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("vsml_step"), golden -> {
            for (String variant : golden.list("variants")) {
                check(golden, variant);
            }
        });
    }

    private static Vsml learner(Golden golden, String variant, List<Integer> sizes) {
        String key = "variant." + variant + ".";
        VsmlRule rule = new VsmlRule(
                golden.integer("state_size"),
                golden.integer("message_size"),
                golden.integer("ticks"),
                golden.number("gate_bias"),
                Reduction.valueOf(golden.text("reduction").toUpperCase(Locale.ROOT)),
                Boolean.parseBoolean(golden.text(key + "layer_norm")),
                false,
                false);
        return new Vsml(
                sizes.subList(1, sizes.size() - 1),
                rule,
                InitialState.ZERO,
                new Readout(1, golden.number("logit_bound"), 1),
                Boolean.parseBoolean(golden.text(key + "backward_pass")),
                Boolean.parseBoolean(golden.text(key + "feed_label")),
                Vsml.MetaLoss.ONLINE,
                Objective.CROSS_ENTROPY,
                DType.FLOAT64);
    }

    private static void check(Golden golden, String variant) {
        String net = "net" + golden.text("variant." + variant + ".net");
        List<Integer> sizes =
                golden.list(net + ".sizes").stream().map(Integer::valueOf).toList();
        int layers = sizes.size() - 1;
        Vsml learner = learner(golden, variant, sizes);
        Tensor x = golden.tensor(net + ".x").unsqueeze(0);
        Tensor y = golden.tensor(net + ".y").unsqueeze(0);
        Episodes task = new Episodes(x, y, x, y, sizes.get(layers));
        Params theta = golden.params("theta").filter(name -> learner.rule().layerNorm() || !name.startsWith("norm"));
        Params.Builder memory = Params.builder();
        for (int l = 0; l < layers; l++) {
            memory.put("c" + l, ours(golden.tensor(net + ".init.c" + l)));
        }
        Params start = learner.begin(theta, task, context(0)).with(memory.build());
        List<Params> after = new ArrayList<>();
        List<Tensor> logits = new ArrayList<>();
        List<Tensor> errors = new ArrayList<>();
        List<Tensor> losses = new ArrayList<>();
        Params phi = start;
        for (int t = 0; t < learner.steps(task); t++) {
            Tensor prediction = learner.predict(theta, phi, upcoming(task, t), context(t));
            Tensor truth = y.slice(1, t, t + 1).oneHot(sizes.get(layers), DType.FLOAT64);
            logits.add(prediction.reshape(-1));
            errors.add(prediction.softmax(2).sub(truth).reshape(-1));
            Step step = learner.step(theta, phi, task, context(t));
            losses.add(step.loss().mul(learner.steps(task)).squeeze(0));
            phi = step.state();
            after.add(phi);
        }
        String expect = "expect." + variant + ".";
        golden.check(expect + "logits", Tensors.stack(logits, 0));
        golden.check(expect + "error", Tensors.stack(errors, 0));
        golden.check(expect + "loss", Tensors.stack(losses, 0));
        for (int l = 0; l < layers; l++) {
            for (String part : new String[] {"h" + l, "c" + l}) {
                golden.check(
                        expect + part,
                        Tensors.stack(
                                after.stream().map(p -> theirs(p.get(part))).toList(), 0));
            }
        }
        var estimate = Unroll.FULL.estimate(new StartingFrom(learner, start), theta, task, TaskContext.training(1));
        golden.check(expect + "meta_loss", estimate.losses());
        golden.checkAll(expect + "grad", estimate.gradient());
    }

    /** The same task with its next example as the only query. */
    private static Episodes upcoming(Episodes e, int t) {
        return new Episodes(
                e.supportX(),
                e.supportY(),
                e.supportX().slice(1, t, t + 1),
                e.supportY().slice(1, t, t + 1),
                e.way());
    }

    /** From [in, out, N] to a batch of one task. */
    private static Tensor ours(Tensor states) {
        return states.permute(2, 0, 1).unsqueeze(0);
    }

    private static Tensor theirs(Tensor states) {
        return states.select(0, 0).permute(1, 2, 0);
    }

    private static StepContext context(int step) {
        return TaskContext.training(1).at(step, true);
    }
}
