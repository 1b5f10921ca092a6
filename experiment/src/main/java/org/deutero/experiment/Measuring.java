package org.deutero.experiment;

import org.deutero.experiment.EvaluationSettings.Protocol;
import org.deutero.experiment.base.UserException;
import org.deutero.learn.Predictor;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Shards;
import org.deutero.tasks.TaskBatch;

/**
 * Measures learners by the protocol of a recipe.
 *
 * @param joint what is measured of whom
 * @param evaluator on which tasks
 * @param settings which protocol, and what of it counts
 * @param <T> tasks in a batch
 */
public record Measuring<T extends TaskBatch<T>>(Joint<T> joint, Evaluator<T> evaluator, EvaluationSettings settings) {
    /**
     * Measures.
     *
     * @return a row a step or instance, or a single one
     * @throws UserException if tasks have no instances and the protocol asks for them
     */
    public Evaluation of(Predictor<T> learner, MetaState state, Shards shards) {
        return switch (settings.protocol()) {
            case PREQUENTIAL -> evaluator.prequential(learner, state, shards, joint.upcoming());
            case INSTANCES -> evaluator.prequential(learner, state, shards, joint.upcoming(), groups());
            case META_LOSS -> evaluator.metaLoss(learner, state, shards);
            case QUERIES ->
                settings.bySteps()
                        ? evaluator.bySteps(learner, state, shards)
                        : evaluator.atEnd(learner, state, shards);
        };
    }

    private Evaluator.Groups<T> groups() {
        return joint.groups()
                .orElseThrow(() -> UserException.usage(
                        "evaluation.protocol is instances, but tasks are " + joint.kind() + ", which have no classes"));
    }

    /** Whether rows are instances: the k-th appearances of classes. */
    public boolean instances() {
        return settings.protocol() == Protocol.INSTANCES;
    }

    /**
     * The figure of each task: the last row, or the mean of those that count.
     *
     * @throws UserException if the first to count is beyond the last
     */
    public double[] perTask(Evaluation evaluation) {
        int rows = evaluation.perTask().size();
        if (!instances() && settings.protocol() != Protocol.PREQUENTIAL) {
            return evaluation.perTask().get(rows - 1);
        }
        int first = settings.firstCounted();
        if (first > rows) {
            throw UserException.usage("evaluation.first-counted is " + first + ", but tasks were measured only " + rows
                    + (rows == 1 ? " time" : " times"));
        }
        return evaluation.means(first - 1);
    }

    /** Name of what is measured. */
    public String measured() {
        return settings.protocol() == Protocol.META_LOSS
                ? Evaluator.META_LOSS
                : evaluator.measure().name();
    }

    /** Whether more of it is better. */
    public boolean higherIsBetter() {
        return settings.protocol() != Protocol.META_LOSS && evaluator.measure().higherIsBetter();
    }
}
