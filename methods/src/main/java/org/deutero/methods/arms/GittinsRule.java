package org.deutero.methods.arms;

import java.util.function.Supplier;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * The arm of the largest Gittins index, which is what pays best if pay is discounted for ever. Of arms that have been pulled more often than the table knows, the mean counts.
 */
final class GittinsRule implements ArmRule {
    private final Supplier<GittinsTable> source;
    private GittinsTable known;

    /**
     * A rule that computes its table when it is first asked: recipes are read far more often than bandits are played.
     *
     * @param source of the table
     */
    GittinsRule(Supplier<GittinsTable> source) {
        this.source = source;
    }

    private synchronized GittinsTable table() {
        if (known == null) {
            known = source.get();
        }
        return known;
    }

    @Override
    public Tensor probabilities(Tensor pulls, Tensor sums, int round) {
        double[] n = pulls.to(DType.FLOAT64).doubles();
        double[] paid = sums.to(DType.FLOAT64).doubles();
        GittinsTable table = table();
        double[] index = new double[n.length];
        for (int i = 0; i < n.length; i++) {
            int successes = (int) Math.round(Math.max(0, Math.min(n[i], paid[i])));
            int failures = (int) n[i] - successes;
            index[i] = n[i] > table.pulls()
                    ? (successes + 1) / (n[i] + 2)
                    : table.index()[successes * (table.pulls() + 1) + failures];
        }
        return ArmRule.best(Tensor.of(index, pulls.shape())).to(pulls.dtype()).to(pulls.device());
    }
}
