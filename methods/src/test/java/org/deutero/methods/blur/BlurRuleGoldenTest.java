package org.deutero.methods.blur;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.StartingFrom;
import org.deutero.methods.StreamBatches;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Random genomes: synapses, answers and gradients of every gene, for all symmetries and normalisations. */
class BlurRuleGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("blur_rule"), BlurRuleGoldenTest::check);
    }

    private static void check(Golden golden) {
        for (String states : golden.list("states")) {
            for (String variant : golden.list("variants")) {
                for (String norm : golden.list("normalisations")) {
                    check(golden, Integer.parseInt(states), variant.equals("symmetric"), norm);
                }
            }
        }
    }

    private static Blur learner(Golden golden, int states, boolean symmetric, NormalizedParts normalization) {
        List<Integer> sizes =
                golden.list("sizes").stream().map(Integer::valueOf).toList();
        StateActivation tanh = StateActivation.valueOf(golden.text("activation").toUpperCase(java.util.Locale.ROOT));
        BlurRule rule = new BlurRule(
                states,
                tanh,
                tanh,
                tanh,
                BackwardUpdate.valueOf(golden.text("backward_update").toUpperCase(java.util.Locale.ROOT)),
                normalization,
                false,
                Saturation.NONE,
                symmetric,
                false,
                false,
                Double.POSITIVE_INFINITY,
                Feedback.SIGNED);
        return new Blur(
                sizes.subList(1, sizes.size() - 1),
                rule,
                GenomeStart.backpropagation(1),
                GeneScales.NATURAL,
                new SynapseStart(SynapseStart.Distribution.NORMAL, 1, false),
                new StreamBatches(golden.integer("batch"), 1),
                Objective.CROSS_ENTROPY,
                golden.number("logit_scale"),
                false,
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    private static Episodes task(Golden golden, int classes) {
        Tensor x = golden.tensor("support.x");
        return new Episodes(
                x.reshape(1, -1, x.size(2)),
                golden.tensor("support.y").reshape(1, -1),
                golden.tensor("query.x").unsqueeze(0),
                golden.tensor("query.y").unsqueeze(0),
                classes);
    }

    /** From [sources, targets, states] to a batch of one task. */
    private static Params ours(Params synapses, boolean symmetric) {
        return synapses.filter(name -> !symmetric || name.startsWith("forward"))
                .map(t -> t.permute(2, 0, 1).unsqueeze(0));
    }

    private static Tensor theirs(Tensor synapses) {
        return synapses.select(0, 0).permute(1, 2, 0);
    }

    private static void check(Golden golden, int states, boolean symmetric, String norm) {
        NormalizedParts normalization = NormalizedParts.valueOf(norm.toUpperCase(java.util.Locale.ROOT));
        Blur learner = learner(golden, states, symmetric, normalization);
        String k = "k" + states;
        Params start = ours(golden.params(k + ".init"), symmetric);
        Params theta =
                golden.params(k + ".genome").filter(gene -> normalization.neurons() || !gene.matches("gamma|beta"));
        Episodes task = task(golden, (int) start.get("forward1").size(3));
        String expect = "expect." + k + (symmetric ? ".symmetric." : ".asymmetric.") + norm + ".";
        List<Params> after = new ArrayList<>();
        List<Tensor> logits = new ArrayList<>();
        List<Tensor> losses = new ArrayList<>();
        Params phi = start;
        for (int t = 0; t < learner.steps(task); t++) {
            phi = learner.step(theta, phi, task, context(t)).state();
            after.add(phi);
            losses.add(learner.metaLoss(theta, phi, task, context(t + 1)).squeeze(0));
            logits.add(
                    learner.predict(theta, phi, task, context(t + 1)).squeeze(0).div(learner.logitScale()));
        }
        for (String name : start.names()) {
            golden.check(
                    expect + name,
                    Tensors.stack(after.stream().map(p -> theirs(p.get(name))).toList(), 0));
        }
        golden.check(expect + "logits", Tensors.stack(logits, 0));
        golden.check(expect + "loss", Tensors.stack(losses, 0));
        Params gradient = Unroll.FULL
                .estimate(new StartingFrom(learner, start), theta, task, TaskContext.training(1))
                .gradient();
        golden.checkAll(expect + "grad", gradient);
    }

    private static StepContext context(int step) {
        return TaskContext.training(1).at(step, true);
    }
}
