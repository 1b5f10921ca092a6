package org.deutero.methods;

import java.util.SplittableRandom;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * A network whose weights, all or some, are tasks' own: what learners that end with such weights have in common.
 *
 * @param network the architecture
 * @param objective loss of a task
 * @param queryStatistics of batch normalisation when the learner is used; losses use the batch at hand
 */
public record FastNetwork(Network network, Objective objective, QueryStatistics queryStatistics) {
    private static final String WEIGHTS = "weights";
    private static final String MOMENTS = "moments";

    /** Refuses running averages, since adapted weights have other statistics. */
    public FastNetwork {
        if (queryStatistics == QueryStatistics.RUNNING) {
            throw new IllegalArgumentException(
                    "adapted weights have other statistics than a running average: expected batch or support");
        }
    }

    /** Mean losses over the support set, [tasks]. */
    public Tensor supportLosses(Params weights, Episodes tasks) {
        return objective.losses(network.apply(weights, tasks.supportX()), tasks.supportY());
    }

    /** Mean losses over the query set, [tasks]. */
    public Tensor queryLosses(Params weights, Episodes tasks) {
        return objective.losses(network.apply(weights, tasks.queryX()), tasks.queryY());
    }

    /** Outputs for the queries, [tasks, queries, outputs]. */
    public Tensor predict(Params weights, Episodes tasks) {
        if (queryStatistics == QueryStatistics.BATCH) {
            return network.apply(weights, tasks.queryX());
        }
        return network.apply(weights, tasks.queryX(), Normalization.fixed(moments(weights, tasks)));
    }

    /** Statistics of the support set, of which a task has its own. */
    public Params moments(Params weights, Episodes tasks) {
        Normalization.Recording recording = Normalization.recording();
        network.features(weights, tasks.supportX(), recording);
        return recording.moments();
    }

    /**
     * What {@link #answer} needs: the weights under {@code weights}, the support set's moments under {@code moments}.
     *
     * @param tasks a single task
     * @param weights each shared, or leading with that task
     */
    public Params solution(Params weights, Episodes tasks) {
        Params shapes =
                network.init(new SplittableRandom(0), weights.values().get(0).dtype());
        Params own = weights.zip(shapes, (w, shape) -> w.rank() > shape.rank() ? w.select(0, 0) : w);
        return solution(own, moments(weights, tasks));
    }

    /** The same of weights without a task dimension, and of {@link #moments}. */
    public static Params solution(Params own, Params moments) {
        return Params.builder().put(WEIGHTS, own).put(MOMENTS, moments.task(0)).build();
    }

    /** What {@link #answer} does, for other programs. */
    public FrozenNetwork frozen(Params solution) {
        return FrozenNetwork.whole(network, solution.child(WEIGHTS), solution.child(MOMENTS));
    }

    /** Outputs for inputs [n, features...], each by itself: [n, outputs]. */
    public Tensor answer(Params solution, Tensor x) {
        Normalization normalization = Normalization.fixed(solution.child(MOMENTS));
        return network.apply(solution.child(WEIGHTS), x.unsqueeze(0), normalization)
                .squeeze(0);
    }
}
