package org.deutero.methods.mann;

import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ForwardingLearner;
import org.deutero.learn.capability.Predictive;
import org.deutero.learn.capability.ProbabilisticLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A {@link SequenceLearner} that answers numbers by normal distributions, as a learner that knows how sure it is.
 */
final class UncertainSequence extends ForwardingLearner<Episodes> implements ProbabilisticLearner<Episodes> {
    private final SequenceLearner sequence;

    /** @param sequence whose targets are {@link NormalValues} */
    UncertainSequence(SequenceLearner sequence) {
        super(sequence);
        this.sequence = sequence;
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return sequence.predict(theta, phi, tasks, context);
    }

    @Override
    public Predictive predictive(Params theta, Params phi, Episodes tasks, StepContext context) {
        NormalValues normal = (NormalValues) sequence.targets();
        return normal.believed(sequence.ask(theta, phi, tasks.queryX(), context));
    }
}
