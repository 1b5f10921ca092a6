package org.deutero.learn.capability;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A learner that predicts, before another one. */
class ForwardedPredictor<T extends TaskBatch<T>, C extends Predictor<T>> extends ForwardedView<T, C>
        implements Predictor<T> {
    ForwardedPredictor(ForwardingLearner<T> front, C able) {
        super(front, able);
    }

    @Override
    public Tensor predict(Params theta, Params phi, T tasks, StepContext context) {
        return able.predict(whole(theta, tasks, context), phi, tasks, context);
    }

    @Override
    public int evaluationSteps(T tasks) {
        return able.evaluationSteps(tasks);
    }
}
