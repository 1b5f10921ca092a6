package org.deutero.methods.neuralprocess;

import java.util.List;
import java.util.Optional;
import org.deutero.learn.StepContext;
import org.deutero.methods.QueryStatistics;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * An encoder for learners that compare inputs rather than descend. In meta-training support and query inputs pass it as one batch, as in the official code of prototypical networks, and their statistics
 * feed the running averages.
 *
 * @param encoder maps inputs to features, a head included if it has one
 * @param queryStatistics of batch normalisation when the learner is used
 */
record Embedding(Network encoder, QueryStatistics queryStatistics) {
    /**
     * Features [tasks, n, width].
     *
     * @param queries there only if they passed the encoder together with the support set
     */
    record Features(Tensor support, Optional<Tensor> queries) {}

    /** The support set's features, and the queries' where they belong to the same batch. */
    Features support(Params theta, Episodes tasks, StepContext context) {
        boolean joint = context.training() || queryStatistics == QueryStatistics.BATCH;
        if (!joint) {
            return new Features(
                    encoder.apply(theta, tasks.supportX(), supportNormalization(context)), Optional.empty());
        }
        Normalization.Recording recording = Normalization.recording();
        Tensor all = encoder.apply(theta, Tensors.cat(List.of(tasks.supportX(), tasks.queryX()), 1), recording);
        if (context.training()) {
            context.observe(recording.moments());
        }
        int support = tasks.supportSize();
        return new Features(
                all.slice(1, 0, support), Optional.of(all.slice(1, support, (long) support + tasks.querySize())));
    }

    private Normalization supportNormalization(StepContext context) {
        return queryStatistics == QueryStatistics.RUNNING
                ? Normalization.fixed(context.statistics())
                : Normalization.batch();
    }

    /** The queries' features, each by itself. */
    Tensor queries(Params theta, Episodes tasks, StepContext context) {
        return encoder.apply(theta, tasks.queryX(), Normalization.fixed(moments(theta, tasks, context)));
    }

    /** Moments of batch normalisation that queries meet by themselves; of the support set they lead with the task dimension. */
    Params moments(Params theta, Episodes tasks, StepContext context) {
        if (queryStatistics == QueryStatistics.RUNNING) {
            return context.statistics();
        }
        Normalization.Recording recording = Normalization.recording();
        encoder.apply(theta, tasks.supportX(), recording);
        return recording.moments();
    }

    /** {@link #moments} of a single task, without a task dimension. */
    Params ownMoments(Params theta, Episodes task, StepContext context) {
        Params moments = moments(theta, task, context);
        return queryStatistics == QueryStatistics.RUNNING ? moments : moments.task(0);
    }
}
