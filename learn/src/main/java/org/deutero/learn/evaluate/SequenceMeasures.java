package org.deutero.learn.evaluate;

import java.util.function.BinaryOperator;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** How well the item of the coming step is answered, before its answer is told. */
public final class SequenceMeasures {
    /** Share of items whose largest logit is at the label. */
    public static final Measure<Sequences> ACCURACY = new Answered("accuracy", true, Losses::accuracy);

    /** Cross-entropy, in nats. */
    public static final Measure<Sequences> CROSS_ENTROPY = new Answered("cross-entropy", false, Losses::crossEntropy);

    /** Mean squared error over outputs. */
    public static final Measure<Sequences> SQUARED_ERROR = new Answered("mse", false, Losses::squaredError);

    private SequenceMeasures() {}

    /** @param score of answers [tasks, 1, outputs] and what was to be answered, [tasks] */
    private record Answered(String name, boolean higherIsBetter, BinaryOperator<Tensor> score)
            implements Measure<Sequences> {
        /** Scores already: an answer belongs to the step that it is asked in. */
        @Override
        public Tensor outputs(
                Predictor<Sequences> learner, Params theta, Params phi, Sequences tasks, StepContext context) {
            return score.apply(learner.predict(theta, phi, tasks, context), tasks.answer(context.step()));
        }

        @Override
        public Tensor of(Tensor scores, Sequences tasks) {
            return scores;
        }
    }
}
