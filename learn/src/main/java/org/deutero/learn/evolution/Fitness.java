package org.deutero.learn.evolution;

import java.util.function.UnaryOperator;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evaluate.Measure;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/** What a lifetime is judged by, without graph; less is better. */
public enum Fitness {
    /** The meta-loss, with the losses met on the way. */
    LOSS,
    /** The share of queries that are labelled wrong at the end: what one is after, but in steps, so that many candidates may tie. */
    ACCURACY;

    /**
     * What lifetimes came to.
     *
     * @param fitness [tasks]
     * @param losses [tasks]
     */
    record Judged(Tensor fitness, Tensor losses) {}

    /** Runs a whole lifetime. @param bound applied to every single loss */
    <T extends TaskBatch<T>> Judged of(
            Predictor<T> learner, Params theta, T tasks, TaskContext context, UnaryOperator<Tensor> bound) {
        try (Scope s = Scope.open()) {
            int steps = learner.steps(tasks);
            Rollout lifetime = Rollout.of(learner, theta, tasks, context, Params.EMPTY, 0, steps, bound);
            Tensor losses = s.keep(lifetime.losses());
            return this == LOSS
                    ? new Judged(losses, losses)
                    : new Judged(s.keep(errors(learner, theta, lifetime.state(), tasks, context, steps)), losses);
        }
    }

    private static <T extends TaskBatch<T>> Tensor errors(
            Predictor<T> learner, Params theta, Params phi, T tasks, TaskContext context, int steps) {
        if (!(tasks instanceof Episodes episodes) || !episodes.classification()) {
            throw new OptionsException(
                    "fitness accuracy needs tasks with classes; these have values to predict: use loss");
        }
        Tensor outputs = GradMode.off(() -> learner.predict(theta, phi, tasks, context.at(steps, false)));
        return Measure.ACCURACY.of(outputs, episodes).neg().add(1);
    }
}
