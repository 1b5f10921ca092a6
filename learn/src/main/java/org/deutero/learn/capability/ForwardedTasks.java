package org.deutero.learn.capability;

import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** Learners of kinds of tasks, before others. */
final class ForwardedTasks {
    private ForwardedTasks() {}

    static final class Training extends ForwardedPredictor<Problems, ProblemLearner> implements ProblemLearner {
        Training(ForwardingLearner<Problems> front, ProblemLearner able) {
            super(front, able);
        }
    }

    static final class Answering extends ForwardedPredictor<Sequences, SequenceLearner> implements SequenceLearner {
        Answering(ForwardingLearner<Sequences> front, SequenceLearner able) {
            super(front, able);
        }

        @Override
        public Tensor ask(Params theta, Params phi, Tensor x, Sequences tasks, StepContext context) {
            return able.ask(whole(theta, tasks, context), phi, x, tasks, context);
        }

        @Override
        public Tensor answers(Params theta, Sequences tasks, TaskContext context) {
            return able.answers(front.whole(theta, context.ownTheta() ? tasks.size() : 0), tasks, context);
        }
    }
}
