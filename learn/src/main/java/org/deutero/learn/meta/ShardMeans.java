package org.deutero.learn.meta;

import java.util.List;
import org.deutero.tensor.Params;

/**
 * What all shards have contributed, means over their tasks. Sums are added in shard order.
 *
 * @param tasks their number
 * @param loss mean meta-loss
 * @param values means of what shards gave sums of
 */
public record ShardMeans(int tasks, double loss, Params values) {
    private static final String GRADIENT = "gradient";

    /** Of contributions in shard order. */
    public static ShardMeans of(List<Contribution> shards) {
        int tasks = shards.stream().mapToInt(Contribution::tasks).sum();
        double loss = shards.stream().mapToDouble(Contribution::loss).sum() / tasks;
        Params mean = shards.stream()
                .map(Contribution::values)
                .reduce(Params::add)
                .orElseThrow()
                .mul(1.0 / tasks);
        return new ShardMeans(tasks, loss, mean);
    }

    /** The loss. @throws NonFiniteException if it is not a finite number */
    public double finiteLoss() {
        if (!Double.isFinite(loss)) {
            throw new NonFiniteException("the meta-loss is " + loss);
        }
        return loss;
    }

    /** The mean of what is named {@code gradient}. */
    public Params gradient() {
        return values.child(GRADIENT);
    }

    /** Its Euclidean norm. @throws NonFiniteException if the loss or the gradient is not finite */
    public double finiteNorm() {
        Params gradient = gradient();
        double norm = gradient.norm();
        finiteLoss();
        if (!Double.isFinite(norm)) {
            throw new NonFiniteException("the meta-gradient is not finite in " + gradient.nonFinite());
        }
        return norm;
    }
}
