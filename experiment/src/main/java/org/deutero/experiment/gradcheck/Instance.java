package org.deutero.experiment.gradcheck;

import java.util.Optional;
import org.deutero.experiment.Experiment;
import org.deutero.learn.Capability;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.gradient.adjoint.Phases;
import org.deutero.learn.meta.BilevelMetaAlgorithm;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * A learner before any training with a few tasks: what estimators are compared on. Tensors belong to the scope that was
 * open when it was drawn.
 *
 * @param whole the recipe's learner
 * @param all its meta-parameters; for {@link BilevelLearner}s with the weights in training, which are constants here
 * @param statistics running statistics
 * @param tasks on which tasks
 * @param seed of everything random in the inner loop, so that every estimator meets the same
 * @param <T> tasks in a batch
 */
record Instance<T extends TaskBatch<T>>(Learner<T> whole, Params all, Params statistics, T tasks, long seed) {
    /** What is differentiated: of a model in training, its hyper-parameters. */
    Learner<T> learner() {
        return bilevel()
                .<Learner<T>>map(b -> BilevelMetaAlgorithm.hyperPart(b, all))
                .orElse(whole);
    }

    /** Where it is differentiated. */
    Params theta() {
        return bilevel().isPresent() ? all.filter(name -> !BilevelLearner.isModel(name)) : all;
    }

    private Optional<BilevelLearner<T>> bilevel() {
        return Capability.of(whole, BilevelLearner.class);
    }

    /** The recipe's own, of episodes: equal recipes give equal instances. */
    static Instance<Episodes> of(Experiment experiment, TaskSet data, int tasks) {
        return of(experiment, experiment.learner(), data.train(), tasks);
    }

    /** The same of any kind of tasks. */
    static <T extends TaskBatch<T>> Instance<T> of(
            Experiment experiment, Learner<T> learner, TaskSource<T> source, int tasks) {
        long seed = Seeds.branch(experiment.seed(), "gradcheck");
        Params theta = learner.metaParameters(Seeds.generator(experiment.seed(), "meta-parameters"));
        return new Instance<>(
                learner, theta, learner.statistics(theta), source.sample(tasks, Seeds.generator(seed, "tasks")), seed);
    }

    /** The same numbers in another type. @throws OptionsException if tasks have no other */
    @SuppressWarnings("unchecked") // a batch in another type is a batch of the same kind
    Instance<T> to(DType type) {
        Object batch = tasks;
        Object cast;
        if (batch instanceof Episodes episodes) {
            cast = episodes.to(type);
        } else if (batch instanceof Sequences sequences) {
            cast = sequences.to(type);
        } else if (batch instanceof Problems problems) {
            cast = problems.to(type);
        } else {
            throw new OptionsException("these tasks have no numbers of another type: "
                    + tasks.getClass().getSimpleName());
        }
        return new Instance<>(whole, all.to(type), statistics.to(type), (T) cast, seed);
    }

    /** So many copies of every task, and other chance. */
    Instance<T> repeat(int copies, long otherSeed) {
        return new Instance<>(whole, all, statistics, tasks.repeat(copies), otherSeed);
    }

    /** The type of its numbers. */
    DType type() {
        return all.isEmpty() ? DType.FLOAT32 : all.values().get(0).dtype();
    }

    int steps() {
        return whole.steps(tasks);
    }

    /** Its phases of learning. @throws org.deutero.options.OptionsException if the learner follows no inner loss */
    Phases<T> phases() {
        return Phases.of(lifetime(theta()));
    }

    Estimate estimate(MetaGradient estimator) {
        return estimator.estimate(lifetime(theta()));
    }

    /** The sum over tasks of the meta-loss at any theta, losses met on the way included. */
    double loss(Params at) {
        try (Scope s = Scope.open()) {
            Lifetime<T> lifetime = lifetime(at);
            return lifetime.losses(lifetime.run(Trace.NONE), Trace.NONE).sum().item();
        }
    }

    /** The sum over tasks of the meta-loss, each task under a theta of its own, [tasks, ...]. */
    double lossOfOwn(Params at) {
        try (Scope s = Scope.open()) {
            Lifetime<T> own = lifetime(at);
            Lifetime<T> lifetime = own.in(own.context().withOwnTheta());
            return lifetime.losses(lifetime.run(Trace.NONE), Trace.NONE).sum().item();
        }
    }

    private Lifetime<T> lifetime(Params at) {
        return new Lifetime<>(learner(), at, tasks, TaskContext.training(seed, 0, statistics, observed -> {}));
    }
}
