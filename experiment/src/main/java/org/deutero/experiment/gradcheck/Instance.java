package org.deutero.experiment.gradcheck;

import org.deutero.experiment.Experiment;
import org.deutero.learn.Estimate;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.gradient.Phases;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

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
        return Phases.of(lifetime(theta));
    }

    Estimate estimate(MetaGradient estimator) {
        return estimator.estimate(lifetime(theta));
    }

    /** The sum over tasks of the meta-loss at any theta, losses met on the way included. */
    double loss(Params at) {
        try (Scope s = Scope.open()) {
            Lifetime<Episodes> lifetime = lifetime(at);
            return lifetime.losses(lifetime.run(Trace.NONE), Trace.NONE).sum().item();
        }
    }

    private Lifetime<Episodes> lifetime(Params at) {
        return new Lifetime<>(learner, at, tasks, TaskContext.training(seed, 0, statistics, observed -> {}));
    }
}
