package org.deutero.methods.sequence;

import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ForwardingLearner;
import org.deutero.learn.capability.Predictive;
import org.deutero.learn.capability.ProbabilisticLearner;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A {@link SequenceNetwork} that answers numbers by normal distributions, as a learner that knows how sure it is.
 */
public final class UncertainSequence extends ForwardingLearner<Sequences> implements ProbabilisticLearner<Sequences> {
    private final SequenceNetwork network;

    /** @param network whose targets are {@link NormalValues} */
    public UncertainSequence(SequenceNetwork network) {
        super(network);
        this.network = network;
    }

    @Override
    public Tensor predict(Params theta, Params phi, Sequences tasks, StepContext context) {
        return network.predict(theta, phi, tasks, context);
    }

    @Override
    public Predictive predictive(Params theta, Params phi, Sequences tasks, StepContext context) {
        NormalValues normal = (NormalValues) network.targets();
        return normal.believed(network.putOut(theta, phi, tasks.asked(context.step()), context));
    }
}
