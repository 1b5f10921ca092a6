package org.deutero.learn.capability;

import org.deutero.learn.Capability;
import org.deutero.tensor.Params;

/** A learner whose meta-parameters are coordinates of something that is better read in another form, such as genes that a search scales. */
@FunctionalInterface
public interface ReadableRule extends Capability {
    /** What the meta-parameters stand for, under the same names and in the same shapes. */
    Params genes(Params theta);
}
