package org.deutero.learn.evaluate;

import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * How much is active, and how much of it tasks share.
 *
 * @param share mean share of elements that are active in a task
 * @param jaccard mean over pairs of tasks of the number active in both over the number active in either; 1 for two empty sets, NaN for a single task
 */
public record Overlap(double share, double jaccard) {
    /**
     * Of all layers together.
     *
     * @param active 1 or 0, each layer [tasks, n]
     */
    public static Overlap of(Params active) {
        try (Scope s = Scope.open()) {
            return of(active.flattenPerTask());
        }
    }

    /**
     * Of one layer.
     *
     * @param active 1 or 0, [tasks, n]
     */
    public static Overlap of(Tensor active) {
        try (Scope s = Scope.open()) {
            Tensor a = active.to(DType.FLOAT64);
            int tasks = (int) a.size(0);
            double[] both = a.matmul(a.transpose(0, 1)).doubles();
            double sum = 0;
            for (int i = 0; i < tasks; i++) {
                for (int j = 0; j < i; j++) {
                    double intersection = both[i * tasks + j];
                    double union = both[i * tasks + i] + both[j * tasks + j] - intersection;
                    sum += union == 0 ? 1 : intersection / union;
                }
            }
            return new Overlap(a.mean().item(), tasks == 1 ? Double.NaN : 2 * sum / (tasks * (tasks - 1.0)));
        }
    }
}
