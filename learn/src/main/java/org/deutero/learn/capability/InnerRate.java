package org.deutero.learn.capability;

import org.deutero.learn.Capability;

/** A learner whose step is plain descent of its inner loss at a rate that it can tell. */
public interface InnerRate extends Capability {
    /** The rate of the step after so many meta-updates. */
    double innerRate(long iteration);
}
