package org.deutero.learn.evaluate;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ProblemLearner;
import org.deutero.options.OptionsException;
import org.deutero.tasks.problem.Graded;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** How well weights are trained. */
public final class ProblemMeasures {
    /** The held-out loss. */
    public static final Measure<Problems> HELD_OUT_LOSS = new Measure<>() {
        @Override
        public String name() {
            return "held-out-loss";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public Tensor of(Tensor outputs, Problems tasks) {
            return outputs.meanPerTask();
        }
    };

    /** The share of what is held out that is answered correctly; of classifications. */
    public static final Measure<Problems> ACCURACY = new Measure<>() {
        @Override
        public String name() {
            return "held-out-accuracy";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public Tensor outputs(
                Predictor<Problems> learner, Params theta, Params phi, Problems tasks, StepContext context) {
            if (!(tasks.problem() instanceof Graded graded)) {
                throw new OptionsException("measure held-out-accuracy needs problems of classification");
            }
            return graded.accuracy(ProblemLearner.trained(phi)).unsqueeze(1);
        }

        @Override
        public Tensor of(Tensor outputs, Problems tasks) {
            return outputs.squeeze(1);
        }
    };

    private ProblemMeasures() {}
}
