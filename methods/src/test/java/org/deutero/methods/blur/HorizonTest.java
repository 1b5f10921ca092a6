package org.deutero.methods.blur;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.StreamBatches;
import org.deutero.methods.blur.SynapseStart.Distribution;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.synthetic.Plane;
import org.deutero.tasks.synthetic.PlaneTasks;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.io.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A genome that the recipe toy-2d-blur-small found with 10 steps in view, on families it has not seen. */
@ExtendWith(InScope.class)
class HorizonTest {
    private static final int STEPS = 100;

    private static Params genome() throws IOException {
        try (InputStream in = HorizonTest.class.getResourceAsStream("/blur_plane_genome.safetensors")) {
            return Safetensors.read(in, "genome").tensors();
        }
    }

    private static double[] accuracies(Params theta) {
        BlurRule rule = new BlurRule(
                2,
                StateActivation.TANH,
                StateActivation.TANH,
                StateActivation.TANH,
                BackwardUpdate.ADDITIVE,
                NormalizedParts.NEURON,
                false,
                Saturation.NONE,
                true,
                false,
                false,
                1000,
                Feedback.SIGNED);
        Blur learner = new Blur(
                List.of(20),
                rule,
                GenomeStart.backpropagation(1),
                GeneScales.SCALED,
                new SynapseStart(Distribution.NORMAL, 1, true),
                new StreamBatches(128, 1),
                Objective.CROSS_ENTROPY,
                5,
                false,
                QueryStatistics.BATCH,
                DType.FLOAT32);
        List<Plane> unseen = List.of(Plane.OR, Plane.NXOR, Plane.PIE, Plane.CROSS, Plane.TRIANGLE);
        Episodes tasks = new PlaneTasks(unseen, 2, 128 * STEPS, 200).sample(40, new SplittableRandom(1));
        double[] accuracies = new double[STEPS + 1];
        Params phi = learner.begin(theta, tasks, context(0));
        for (int t = 0; ; t++) {
            Tensor logits = learner.predict(theta, phi, tasks, context(t));
            accuracies[t] = Losses.accuracy(logits, tasks.queryY()).mean().item();
            if (t == STEPS) {
                return accuracies;
            }
            phi = learner.step(theta, phi, tasks, context(t)).state();
        }
    }

    private static StepContext context(int step) {
        return TaskContext.evaluation(7, Params.EMPTY).at(step, false);
    }

    /** It learns in a few steps; far beyond the steps it was made for it forgets, by the bound on synapses rather than by the rule. */
    @Test
    void accuracyDecaysBeyondTheHorizonOfMetaTraining() throws IOException {
        double[] after = accuracies(genome());
        assertThat(after[0]).isBetween(0.35, 0.65);
        assertThat(after[10]).isGreaterThan(0.78);
        assertThat(after[100]).isLessThan(after[10] - 0.03);
    }
}
