package org.deutero.methods;

/** Where batch normalisation takes its statistics from when queries are labelled. */
public enum QueryStatistics {
    /** The query batch itself: transductive, as in the official codes of MAML, Reptile and their kin. */
    BATCH,
    /** The task's own support set: each query is labelled by itself. */
    SUPPORT,
    /** Running averages over meta-training: each query is labelled by itself. */
    RUNNING
}
