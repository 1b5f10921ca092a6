package org.deutero.experiment.gradcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deutero.experiment.Experiment;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.learn.gradient.adjoint.Contrastive;
import org.deutero.learn.gradient.adjoint.Nudging;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.DType;

/**
 * A recipe's phases made shorter or longer: by its keys, so that schedules stretch with them.
 *
 * @param experiments by changed values of the recipe, {@code key=value}
 * @param data tasks are drawn from; the same ones for every length
 * @param tasks in the batch
 */
record PhaseLengths(Function<List<String>, Experiment> experiments, TaskSet data, int tasks) {
    /** What recipes with another estimator are scanned with; the defaults of {@code contrastive}. */
    private static final Contrastive STANDARD = new Contrastive(Contrast.SYMMETRIC, 0.1, Nudging.own(50));

    private static final List<String> KEYS =
            List.of("method.inner-steps", "method.settle-steps", "meta-gradient.nudged-steps");

    /** The recipe's strength of nudging. */
    double strength() {
        return experiments.apply(List.of()).metaGradient().estimator().orElse(null) instanceof Contrastive own
                ? own.beta()
                : STANDARD.beta();
    }

    /** Phases this many times as long, in float64; their tensors belong to the scope that is open. */
    Accuracy times(String name, double factor) {
        Map<String, Object> recipe = experiments.apply(List.of()).resolved();
        List<String> changes = new ArrayList<>();
        for (String key : KEYS) {
            String[] path = key.split("\\.", -1);
            if (recipe.get(path[0]) instanceof Map<?, ?> section
                    && section.get(path[1]) instanceof Number number
                    && number.intValue() > 0) {
                changes.add(key + "=" + times(number.intValue(), factor));
            }
        }
        Experiment experiment = experiments.apply(changes);
        Nudging nudging = experiment.metaGradient().estimator().orElse(null) instanceof Contrastive own
                ? own.nudging()
                : Nudging.own(times(STANDARD.nudging().steps(), factor));
        Instance<Episodes> instance = Instance.of(experiment, data, tasks).to(DType.FLOAT64);
        return Accuracy.of(name, instance.phases(), nudging);
    }

    private static int times(int steps, double factor) {
        return (int) Math.max(1, Math.round(steps * factor));
    }
}
