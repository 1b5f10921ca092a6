package org.deutero.learn.evolution;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
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

    /** Why it cannot judge this learner, or empty if it can. */
    Optional<String> misfit(Learner<?> learner) {
        return this == ACCURACY && learner.as(Predictor.class).isEmpty()
                ? Optional.of("it judges answers, and this learner cannot label new inputs")
                : Optional.empty();
    }

    /**
     * Runs a whole lifetime.
     *
     * @param bound applied to every single loss
     */
    <T extends TaskBatch<T>> Judged of(Lifetime<T> lifetime, UnaryOperator<Tensor> bound) {
        try (Scope s = Scope.open()) {
            int steps = lifetime.steps();
            Rollout whole = Rollout.of(lifetime, Params.EMPTY, 0, steps, bound);
            Tensor losses = s.keep(whole.losses());
            return this == LOSS
                    ? new Judged(losses, losses)
                    : new Judged(s.keep(errors(lifetime, whole.state(), steps)), losses);
        }
    }

    private static <T extends TaskBatch<T>> Tensor errors(Lifetime<T> lifetime, Params phi, int steps) {
        if (!(lifetime.tasks() instanceof Episodes episodes) || !episodes.classification()) {
            throw new OptionsException(
                    "fitness accuracy needs tasks with classes; these have values to predict: use loss");
        }
        Tensor outputs = GradMode.off(() -> lifetime.predict(phi, steps));
        return Measure.ACCURACY.of(outputs, episodes).neg().add(1);
    }
}
