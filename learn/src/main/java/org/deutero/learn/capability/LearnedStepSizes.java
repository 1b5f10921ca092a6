package org.deutero.learn.capability;

import org.deutero.learn.Capability;
import org.deutero.tensor.Params;

/** A learner that may have step sizes among its meta-parameters, so that people can see what became of them: Meta-SGD's turn negative, for instance, and then climb. */
@FunctionalInterface
public interface LearnedStepSizes extends Capability {
    /** The step sizes in force, by the name of what they move and in any shape; empty if they are not learned. */
    Params stepSizes(Params theta);
}
