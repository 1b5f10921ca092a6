package org.deutero.learn.capability;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Params;
import org.deutero.tensor.Rolling;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A learner of sequences: it answers each item before it is told the item's answer. A step of learning is one item, after which its answer is told.
 *
 * <p>{@link AsEpisodes} makes a learner of episodes of it.
 */
public interface SequenceLearner extends Predictor<Sequences> {
    /**
     * Answers to items, each as if it came next, [tasks, n, outputs].
     *
     * @param x items [tasks, n, features...]
     * @param tasks that are being learned
     * @param context of the coming step
     */
    Tensor ask(Params theta, Params phi, Tensor x, Sequences tasks, StepContext context);

    /** Answers to the questions of the sequences; if they have none, to the item of the coming step, [tasks, 1, outputs]. */
    @Override
    default Tensor predict(Params theta, Params phi, Sequences tasks, StepContext context) {
        return ask(theta, phi, tasks.asked(context.step()), tasks, context);
    }

    @Override
    default int steps(Sequences tasks) {
        return tasks.length();
    }

    /**
     * Answers to all positions at once, each from what was told before it, [tasks, length, outputs]: the same numbers as one at a time, which is how they are made unless a learner knows a faster way.
     *
     * @param context of the tasks
     */
    default Tensor answers(Params theta, Sequences tasks, TaskContext context) {
        List<Tensor> answers = new ArrayList<>();
        try (Rolling phi = new Rolling(begin(theta, tasks, context.at(0, false)))) {
            for (int t = 0; t < tasks.length(); t++) {
                // A step's own tensors go with it, unless they are part of a graph.
                try (Scope s = Scope.open()) {
                    StepContext now = context.at(t, false);
                    answers.add(s.keep(ask(theta, phi.get(), tasks.item(t), tasks, now)));
                    phi.next(s, step(theta, phi.get(), tasks, now).state());
                }
            }
        }
        return Tensors.cat(answers, 1);
    }
}
