package org.deutero.experiment.compare;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tensor.Scope;

/** Test tasks drawn again after an evaluation, which keeps none of them: their classes, and pictures of a few. */
final class RedrawnTasks {
    private static final int PORTION = 8;

    private RedrawnTasks() {}

    /** Receives one task. */
    @FunctionalInterface
    interface Receiver {
        /**
         * A task.
         *
         * @param number in the evaluation
         * @param task alone in its batch; gone when this returns
         * @param classes in the order of the labels; empty for regression
         */
        void take(int number, Episodes task, List<String> classes);
    }

    /** The first {@code tasks} of a run, in order. */
    @SuppressWarnings("try") // the scope works by being open
    static void each(Contender<Episodes> run, int tasks, Receiver receiver) {
        RandomGenerator stream = Evaluator.stream(run.seed());
        for (int from = 0; from < tasks; from += PORTION) {
            int n = Math.min(PORTION, tasks - from);
            try (Scope s = Scope.open()) {
                if (run.tasks() instanceof EpisodeSampler sampler) {
                    EpisodeSampler.Named named = sampler.sampleNamed(n, stream);
                    for (int i = 0; i < n; i++) {
                        receiver.take(
                                from + i,
                                named.episodes().slice(i, i + 1),
                                named.classes().get(i));
                    }
                } else {
                    Episodes episodes = run.tasks().sample(n, stream);
                    for (int i = 0; i < n; i++) {
                        receiver.take(from + i, episodes.slice(i, i + 1), List.of());
                    }
                }
            }
        }
    }
}
