package org.deutero.learn.capability;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A learner of sequences: it answers each item before it is told the item's answer. A step of learning is one item, after which its answer is told; what it predicts is its answer to the item of the coming step, [tasks, 1, outputs].
 */
public interface SequenceLearner extends Predictor<Sequences> {
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
        Params phi = begin(theta, tasks, context.at(0, false));
        for (int t = 0; t < steps(tasks); t++) {
            // A step's own tensors go with it, unless they are part of a graph.
            try (Scope s = Scope.open()) {
                answers.add(s.keep(predict(theta, phi, tasks, context.at(t, false))));
                phi = s.keep(step(theta, phi, tasks, context.at(t, false)).state());
            }
        }
        return Tensors.cat(answers, 1);
    }
}
