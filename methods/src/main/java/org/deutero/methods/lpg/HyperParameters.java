package org.deutero.methods.lpg;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.StepContext;
import org.deutero.learn.meta.RunningStatistics;
import org.deutero.methods.lpg.LearnedUpdate.Hyper;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Hyper-parameters of agents: the same for all lifetimes, or for every lifetime one of some choices, by a bandit (Oh et al. 2020, arXiv 2007.08794): p(alpha) is proportional to exp((R(alpha) + rho / sqrt(N(alpha))) / tau), with the mean reward R of a step in lifetimes that had alpha, and N, how many these were. When the rule is used, the choice
 * with the best R is taken.
 *
 * <p>All worlds of a recipe are one environment to the bandit. N counts how many times over all lifetimes at work have had alpha, as the share of them that had: which number of lifetimes that is depends on the size of the meta-batch. Running statistics: {@code hyper-rewards}, {@code hyper-counts} [choices]. Fast state: {@code arm} int64 [lifetimes].
 *
 * @param paces factors on the policy's rate
 * @param predictionWeights a_y
 * @param exploration rho
 * @param temperature tau
 */
public record HyperParameters(
        List<Double> paces, List<Double> predictionWeights, double exploration, double temperature) {
    private static final String REWARDS = "hyper-rewards";
    private static final String COUNTS = "hyper-counts";
    private static final String ARM = "arm";

    /** Copies the lists. */
    public HyperParameters {
        paces = List.copyOf(paces);
        predictionWeights = List.copyOf(predictionWeights);
    }

    /** The same weight of predictions for all lifetimes. */
    public static HyperParameters fixed(double predictionWeight) {
        return new HyperParameters(List.of(1.0), List.of(predictionWeight), 0, 1);
    }

    /** Whether there is a choice. */
    boolean varied() {
        return choices() > 1;
    }

    private int choices() {
        return paces.size() * predictionWeights.size();
    }

    /** Running statistics before training. */
    Params statistics(DType dtype) {
        if (!varied()) {
            return Params.EMPTY;
        }
        Tensor none = Tensors.zeros(dtype, choices());
        return Params.builder().put(REWARDS, none).put(COUNTS, none).build();
    }

    /** Probabilities of the choices. What has never been tried comes before all else. */
    double[] chances(Params statistics) {
        double[] preference = means(statistics);
        double[] counts = statistics.get(COUNTS).to(DType.FLOAT64).doubles();
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < preference.length; i++) {
            // Whatever rho is: 0 of it times a bonus without bound would be no number.
            preference[i] = counts[i] == 0
                    ? Double.POSITIVE_INFINITY
                    : (preference[i] + exploration / Math.sqrt(counts[i])) / temperature;
            largest = Math.max(largest, preference[i]);
        }
        double sum = 0;
        for (int i = 0; i < preference.length; i++) {
            boolean infinite = Double.isInfinite(largest);
            preference[i] = infinite ? (counts[i] == 0 ? 1 : 0) : Math.exp(preference[i] - largest);
            sum += preference[i];
        }
        for (int i = 0; i < preference.length; i++) {
            preference[i] /= sum;
        }
        return preference;
    }

    private static double[] means(Params statistics) {
        double[] rewards = statistics.get(REWARDS).to(DType.FLOAT64).doubles();
        double[] counts = statistics.get(COUNTS).to(DType.FLOAT64).doubles();
        for (int i = 0; i < rewards.length; i++) {
            rewards[i] = counts[i] == 0 ? 0 : rewards[i] / counts[i];
        }
        return rewards;
    }

    /** Choices for lifetimes that begin. */
    Params draw(int lifetimes, StepContext context) {
        double[] chances = chances(context.statistics());
        if (!context.training()) {
            double[] means = means(context.statistics());
            double[] counts = context.statistics().get(COUNTS).to(DType.FLOAT64).doubles();
            int best = 0;
            for (int i = 1; i < means.length; i++) {
                best = counts[i] > 0 && (counts[best] == 0 || means[i] > means[best]) ? i : best;
            }
            chances = new double[chances.length];
            chances[best] = 1;
        }
        double[] p = chances;
        return context.draw(ARM, lifetimes, (rng, n) -> {
            long[] arms = new long[n];
            for (int i = 0; i < n; i++) {
                double left = rng.nextDouble();
                while (arms[i] < p.length - 1 && left >= p[(int) arms[i]]) {
                    left -= p[(int) arms[i]];
                    arms[i]++;
                }
            }
            return Params.of(ARM, Tensor.of(arms, n));
        });
    }

    /**
     * What lifetimes have.
     *
     * @param drawn as {@link #draw} made it; empty where there is no choice
     */
    Hyper of(Params drawn, int lifetimes, DType dtype) {
        if (drawn.isEmpty()) {
            double pace = paces.get(0);
            return new Hyper(
                    Tensors.full(predictionWeights.get(0), dtype, lifetimes),
                    pace == 1 ? null : Tensors.full(pace, dtype, lifetimes));
        }
        List<Double> pace = new ArrayList<>();
        List<Double> weight = new ArrayList<>();
        for (double p : paces) {
            for (double w : predictionWeights) {
                pace.add(p);
                weight.add(w);
            }
        }
        Tensor arm = drawn.get(ARM);
        return new Hyper(
                row(weight, dtype).indexSelect(0, arm), row(pace, dtype).indexSelect(0, arm));
    }

    private static Tensor row(List<Double> values, DType dtype) {
        return Tensor.of(values.stream().mapToDouble(v -> v).toArray(), values.size())
                .to(dtype);
    }

    /**
     * Counts what lifetimes have earned.
     *
     * @param reward mean reward of a step, [lifetimes], of lifetimes that are over; null while they go on
     */
    void observe(Params drawn, Tensor reward, StepContext context) {
        Params before = context.statistics();
        Tensor counts = before.get(COUNTS);
        Tensor arm = drawn.get(ARM).oneHot(choices(), counts.dtype());
        Tensor counted = reward == null ? Tensors.zerosLike(arm) : arm;
        Tensor earned = reward == null ? counted : arm.mul(reward.unsqueeze(1).to(arm.dtype()));
        context.observe(Params.builder()
                .put(REWARDS, RunningStatistics.counted(before.get(REWARDS), earned))
                .put(COUNTS, RunningStatistics.counted(counts, counted))
                .build());
    }
}
