package org.deutero.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.deutero.experiment.report.Suspects;
import org.deutero.experiment.report.Suspects.Suspect;
import org.deutero.learn.Capability;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.ExampleWeighting;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.Labelled;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TrainingPictures;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** Finds the training pictures that a trained classifier would give another label, the most doubtful first: those whose own label it finds least likely. */
final class Suspicion {
    private static final int PIECE = 500;

    private Suspicion() {}

    /** Empty where labels of training pictures are of no interest. */
    static Optional<Suspects> of(Experiment experiment, TaskSet data, MetaState state) {
        return data.training().map(pictures -> GradMode.off(() -> found(experiment.learner(), pictures, state)));
    }

    private static Suspects found(Predictor<Episodes> learner, TrainingPictures training, MetaState state) {
        Labelled pictures = training.pictures();
        TaskContext context = TaskContext.evaluation(0, state.statistics());
        int n = pictures.size();
        int[] believed = new int[n];
        double[] probability = new double[n];
        double[] losses = new double[n];
        for (int from = 0; from < n; from += PIECE) {
            try (Scope s = Scope.open()) {
                int to = Math.min(n, from + PIECE);
                Tensor x = pictures.inputs(from, to, training.mean(), training.deviation())
                        .unsqueeze(0);
                Tensor y = pictures.targets(from, to).unsqueeze(0);
                Episodes task = new Episodes(
                        x.slice(1, 0, 1),
                        y.slice(1, 0, 1),
                        x,
                        y,
                        pictures.names().size());
                Lifetime<Episodes> life = new Lifetime<>(learner, state.theta(), task, context);
                Passage end = life.run(Trace.NONE);
                Tensor logits = life.predict(end.state(), end.age());
                double[] own = Losses.crossEntropies(logits, y).doubles();
                double[] most = logits.softmax(2).max(2).doubles();
                long[] best = logits.argmax(2).longs();
                for (int i = from; i < to; i++) {
                    believed[i] = (int) best[i - from];
                    probability[i] = most[i - from];
                    losses[i] = own[i - from];
                }
            }
        }
        double[] weights = weights(learner, losses, state, context);
        List<Suspect> suspects = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (believed[i] != pictures.labels()[i]) {
                suspects.add(new Suspect(
                        training.files().get(i),
                        pictures.names().get(pictures.labels()[i]),
                        pictures.names().get(believed[i]),
                        probability[i],
                        weights == null ? Double.NaN : weights[i],
                        losses[i],
                        pictures.images().image(pictures.classes()[i], pictures.items()[i])));
            }
        }
        suspects.sort(Comparator.comparingDouble(Suspect::loss).reversed());
        return new Suspects(n, suspects);
    }

    /** Weights that training gives to such losses, 1 on the average; null for a learner without. */
    private static double[] weights(
            Predictor<Episodes> learner, double[] losses, MetaState state, TaskContext context) {
        Optional<ExampleWeighting<Episodes>> weighting = Capability.of(learner, ExampleWeighting.class);
        if (weighting.isEmpty()) {
            return null;
        }
        try (Scope s = Scope.open()) {
            var dtype = state.theta().values().get(0).dtype();
            Tensor all = Tensor.of(losses, 1, losses.length).to(dtype);
            Tensor nothing = Tensors.zeros(dtype, 1, 1, 1);
            Tensor label = Tensor.of(new long[] {0}, 1, 1);
            Episodes task = new Episodes(nothing, label, nothing, label, 2);
            Tensor weights = weighting.get().exampleWeights(state.theta(), all, task, context.at(0, false));
            return weights.div(weights.mean()).doubles();
        }
    }
}
