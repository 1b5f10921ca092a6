package org.deutero.learn.capability;

import org.deutero.learn.Capability;

/**
 * A learner that starts tasks from some of its meta-parameters, of which the fast state holds adapted copies under the same names. All other meta-parameters, such as warps and step sizes, shape how
 * tasks are learned from wherever they stand.
 */
@FunctionalInterface
public interface LearnedStart extends Capability {
    /** Whether the meta-parameter of this name is a part of the start. */
    boolean starts(String metaParameter);
}
