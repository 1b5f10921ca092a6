package org.deutero.methods;

import org.deutero.learn.Capability;

/** Marks learners that are meta-trained on mini-batches of all training classes at once rather than on tasks, and need them. */
public interface PretrainingLearner extends Capability {
    /** The number of training classes, quarter turns counted if they are classes. */
    int baseClasses();
}
