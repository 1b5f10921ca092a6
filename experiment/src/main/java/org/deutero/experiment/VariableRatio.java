package org.deutero.experiment;

import org.deutero.learn.Lifetime;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * How large a learner is: how many numbers are meta-learned, and how many a single task changes. Much more of the latter
 * than of the former forces a learner to be an algorithm rather than a memory (Kirsch and Schmidhuber 2021, arXiv
 * 2012.14905).
 *
 * @param metaParameters numbers that are meta-learned; the weights of a model in training are not
 * @param fastState numbers that change within one task; features kept for speed and the lives of an agent do not count
 */
public record VariableRatio(long metaParameters, long fastState) {
    /** Fast numbers for each meta-learned one; NaN if nothing is meta-learned. */
    public double ratio() {
        return metaParameters == 0 ? Double.NaN : (double) fastState / metaParameters;
    }

    /** Sizes a recipe's learner, of episodes without loading any data. */
    @SuppressWarnings("try") // the scope works by being open
    public static VariableRatio of(Experiment experiment) {
        if (!experiment.joint().hasQueries()) {
            return onATask(experiment, experiment.joint());
        }
        try (Scope s = Scope.open()) {
            return of(experiment, experiment.joint().as(TaskKind.EPISODES, ""), blank(experiment));
        }
    }

    @SuppressWarnings("try") // the scope works by being open
    private static <T extends TaskBatch<T>> VariableRatio onATask(Experiment experiment, Joint<T> joint) {
        try (Scope s = Scope.open()) {
            return of(
                    experiment,
                    joint,
                    experiment.load(joint).train().sample(1, Seeds.generator(experiment.seed(), "shapes")));
        }
    }

    @SuppressWarnings("try") // the scope works by being open
    private static <T extends TaskBatch<T>> VariableRatio of(Experiment experiment, Joint<T> joint, T task) {
        try (Scope s = Scope.open();
                MetaState state = experiment.drawn(joint)) {
            TaskContext context = TaskContext.evaluation(0, state.statistics());
            Lifetime<T> lifetime = new Lifetime<>(joint.learner(), state.theta(), task, context);
            int first = Math.min(1, lifetime.steps());
            Params phi = lifetime.run(lifetime.start(Trace.NONE), first, Trace.NONE, Lifetime.Visitor.NONE)
                    .state();
            long fast = phi.filter(name -> !name.startsWith("cache.") && !name.startsWith(Agent.WORLD + "."))
                    .numel();
            boolean bilevel = joint.learner().as(BilevelLearner.class).isPresent();
            Params learned = bilevel ? state.theta().filter(name -> !BilevelLearner.isModel(name)) : state.theta();
            return new VariableRatio(learned.numel(), fast);
        }
    }

    /** One task of zeros in the right form. */
    private static Episodes blank(Experiment experiment) {
        TaskShape shape = experiment.tasks().shape();
        int items = experiment.tasks().supportSize();
        long[] form = new long[shape.input().size() + 2];
        form[0] = 1;
        form[1] = items;
        for (int i = 0; i < shape.input().size(); i++) {
            form[i + 2] = shape.input().get(i);
        }
        Tensor x = Tensors.zeros(DType.FLOAT32, form);
        if (!shape.classification()) {
            Tensor y = Tensors.zeros(DType.FLOAT32, 1, items, shape.targetWidth());
            return new Episodes(x, y, x, y, 0);
        }
        long[] labels = new long[items];
        for (int i = 0; i < items; i++) {
            labels[i] = i % shape.outputs();
        }
        Tensor y = Tensor.of(labels, 1, items);
        return new Episodes(x, y, x, y, shape.outputs());
    }
}
