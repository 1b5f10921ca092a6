package org.deutero.experiment.source;

import org.deutero.serve.TrainedLearner;

/** Where sources find the trained learners that recipes name. */
@FunctionalInterface
public interface LearnerLookup {
    /** The learner of a run, a file or the library; the caller closes it. */
    TrainedLearner open(String name);
}
