package org.deutero.experiment.gradcheck;

import org.deutero.experiment.Experiment;
import org.deutero.learn.Estimate;
import org.deutero.learn.Learner;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.Seeds;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Phases;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * A learner before any training with a few tasks: what estimators are compared on. Tensors belong to the scope that was
 * open when it was drawn.
 *
 * @param learner what is differentiated
 * @param theta where
 * @param statistics running statistics
 * @param tasks on which tasks
 * @param seed of everything random in the inner loop, so that every estimator meets the same
 */
record Instance(Learner<Episodes> learner, Params theta, Params statistics, Episodes tasks, long seed) {
    /** The recipe's own: equal recipes give equal instances. */
    static Instance of(Experiment experiment, TaskSet data, int tasks) {
        long seed = Seeds.branch(experiment.seed(), "gradcheck");
        Learner<Episodes> learner = experiment.learner();
        Params theta = learner.metaParameters(Seeds.generator(experiment.seed(), "meta-parameters"));
        return new Instance(
                learner,
                theta,
                learner.statistics(theta),
                data.train().sample(tasks, Seeds.generator(seed, "tasks")),
                seed);
    }

    /** The same numbers in another type. */
    Instance to(DType type) {
        return new Instance(learner, theta.to(type), statistics.to(type), tasks.to(type), seed);
    }

    /** The type of its numbers. */
    DType type() {
        return theta.isEmpty()
                ? tasks.supportX().dtype()
                : theta.values().get(0).dtype();
    }

    int steps() {
        return learner.steps(tasks);
    }

    /** Its phases of learning. @throws org.deutero.options.OptionsException if the learner follows no inner loss */
    Phases<Episodes> phases() {
        return Phases.of(learner, theta, tasks, context());
    }

    Estimate estimate(MetaGradient estimator) {
        return estimator.estimate(learner, theta, tasks, context());
    }

    /** The sum over tasks of the meta-loss at any theta, losses met on the way included. */
    double loss(Params at) {
        try (Scope s = Scope.open()) {
            return GradMode.off(() -> run(at)).sum().item();
        }
    }

    private Tensor run(Params at) {
        TaskContext context = context();
        Params phi = learner.begin(at, tasks, context.at(0, false));
        Tensor met = null;
        for (int t = 0; t < steps(); t++) {
            StepContext now = context.at(t, false);
            Step step = learner.step(at, phi, tasks, now);
            phi = step.state();
            if (step.loss() != null) {
                met = met == null ? step.loss() : met.add(step.loss());
            }
        }
        Tensor last = learner.metaLoss(at, phi, tasks, context.at(steps(), false));
        return met == null ? last : met.add(last);
    }

    private TaskContext context() {
        return TaskContext.training(seed, 0, statistics, observed -> {});
    }
}
