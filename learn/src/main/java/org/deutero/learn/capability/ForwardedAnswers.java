package org.deutero.learn.capability;

import java.util.List;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** What is asked of learners that have learned, and by parts of them. */
final class ForwardedAnswers {
    private ForwardedAnswers() {}

    static final class Serving<T extends TaskBatch<T>> extends ForwardedPredictor<T, Servable<T>>
            implements Servable<T> {
        Serving(ForwardingLearner<T> front, Servable<T> able) {
            super(front, able);
        }

        @Override
        public Params solution(Params theta, Params phi, T tasks, StepContext context) {
            return able.solution(whole(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public Tensor answer(Params solution, Tensor x) {
            return able.answer(solution, x);
        }

        @Override
        public boolean fixedOutputs() {
            return able.fixedOutputs();
        }
    }

    static final class Doubting<T extends TaskBatch<T>> extends ForwardedPredictor<T, ProbabilisticLearner<T>>
            implements ProbabilisticLearner<T> {
        Doubting(ForwardingLearner<T> front, ProbabilisticLearner<T> able) {
            super(front, able);
        }

        @Override
        public Predictive predictive(Params theta, Params phi, T tasks, StepContext context) {
            return able.predictive(whole(theta, tasks, context), phi, tasks, context);
        }
    }

    static final class Structured<T extends TaskBatch<T>> extends ForwardedPredictor<T, StructuredLearner<T>>
            implements StructuredLearner<T> {
        Structured(ForwardingLearner<T> front, StructuredLearner<T> able) {
            super(front, able);
        }

        @Override
        public ActiveUnits activeUnits(Params theta, Params phi, T tasks, StepContext context) {
            return able.activeUnits(whole(theta, tasks, context), phi, tasks, context);
        }
    }

    static final class Levelled<T extends TaskBatch<T>> extends ForwardedPredictor<T, LevelledLearner<T>>
            implements LevelledLearner<T> {
        Levelled(ForwardingLearner<T> front, LevelledLearner<T> able) {
            super(front, able);
        }

        @Override
        public List<Level<T>> levels() {
            return able.levels();
        }
    }
}
