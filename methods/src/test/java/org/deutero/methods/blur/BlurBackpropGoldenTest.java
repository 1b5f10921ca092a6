package org.deutero.methods.blur;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The genome that is back-propagation: neurons of the first step, weights and losses of all. */
class BlurBackpropGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("blur_backprop"), golden -> {
            for (String loss : golden.list("losses")) {
                check(golden, loss);
            }
        });
    }

    private static void check(Golden golden, String loss) {
        boolean labels = loss.equals("ce");
        List<Integer> sizes =
                golden.list("sizes").stream().map(Integer::valueOf).toList();
        int layers = sizes.size() - 1;
        int batch = golden.integer("batch");
        Blur learner = Backpropagation.learner(
                sizes.subList(1, layers),
                golden.number("learning_rate"),
                batch,
                labels ? Objective.CROSS_ENTROPY : Objective.SQUARED_ERROR,
                DType.FLOAT64);
        Params theta = learner.metaParameters(new SplittableRandom(1));
        golden.params("genome").forEach((name, gene) -> golden.check("genome." + name, theta.get(name)));
        Episodes task = task(golden, labels, sizes.get(layers));
        Params.Builder start = Params.builder();
        for (int l = 0; l < layers; l++) {
            String layer = "init.layer" + l;
            start.put(
                    BidirectionalPass.forwardName(l),
                    Backpropagation.synapses(golden.tensor(layer + ".weight"), golden.tensor(layer + ".bias")));
        }
        Params phi = start.build();
        List<Params> after = new ArrayList<>();
        List<Tensor> losses = new ArrayList<>();
        for (int t = 0; t < learner.steps(task); t++) {
            StepContext context = TaskContext.training(1).at(t, false);
            losses.add(loss(learner, theta, phi, task, context, labels));
            if (t == 0) {
                neurons(golden, "expect." + loss + ".first.", learner, theta, phi, task, context);
            }
            phi = learner.step(theta, phi, task, context).state();
            after.add(phi);
        }
        golden.check("expect." + loss + ".loss", Tensors.stack(losses, 0));
        for (int l = 0; l < layers; l++) {
            int layer = l;
            String step = "expect." + loss + ".step.layer" + l;
            golden.check(
                    step + ".weight",
                    Tensors.cat(
                            after.stream()
                                    .map(p -> Backpropagation.weight(p, layer))
                                    .toList(),
                            0));
            golden.check(
                    step + ".bias",
                    Tensors.cat(
                            after.stream()
                                    .map(p -> Backpropagation.bias(p, layer))
                                    .toList(),
                            0));
        }
    }

    private static Episodes task(Golden golden, boolean labels, int outputs) {
        Tensor x = golden.tensor("x").reshape(1, -1, golden.tensor("x").size(2));
        Tensor y = labels
                ? golden.tensor("ce.label").reshape(1, -1)
                : golden.tensor("mse.target").reshape(1, -1, outputs);
        return new Episodes(x, y, x, y, labels ? outputs : 0);
    }

    private static Tensor loss(
            Blur learner, Params theta, Params phi, Episodes task, StepContext context, boolean labels) {
        BidirectionalPass sweep = new BidirectionalPass(learner.rule(), learner.genome(theta, task, context), phi);
        Tensor x = learner.batches().x(task, context.step());
        Tensor y = learner.batches().y(task, context.step());
        Tensor outputs = Blur.outputs(sweep.forward(x, NeuronNorm.NONE));
        Tensor loss = labels
                ? Losses.crossEntropy(outputs, y)
                : Losses.squaredError(outputs, y).mul(outputs.size(2) / 2.0);
        return loss.squeeze(0);
    }

    private static void neurons(
            Golden golden, String expect, Blur learner, Params theta, Params phi, Episodes task, StepContext context) {
        BidirectionalPass sweep = new BidirectionalPass(learner.rule(), learner.genome(theta, task, context), phi);
        List<Tensor> forward = sweep.forward(learner.batches().x(task, 0), NeuronNorm.NONE);
        Tensor feedback = Feedback.ERROR.of(
                Blur.outputs(forward), learner.batches().y(task, 0), learner.objective(), learner.logitScale());
        List<Tensor> backward = sweep.backward(forward, feedback);
        for (int l = 0; l < forward.size(); l++) {
            golden.check(expect + "forward" + l, states(forward.get(l)));
            golden.check(expect + "backward" + l, states(backward.get(l)));
        }
    }

    /** [batch, units, 2]; the input has no second state, which counts as 0. */
    private static Tensor states(Tensor a) {
        Tensor both = a.size(1) == 2 ? a : Tensors.cat(List.of(a, Tensors.zerosLike(a)), 1);
        return both.select(0, 0).permute(1, 2, 0);
    }
}
