package org.deutero.learn.reinforcement;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * Generalised advantage estimation (Schulman, Moritz, Levine, Jordan, Abbeel 2016, arXiv 1506.02438): delta_t = r_t + gamma (1 - d_t) V(s'_t) - V(s_t), A_t = delta_t + gamma lambda (1 - e_t) A_{t+1}, 0 after the last step. All of it is constant, and computed in double.
 *
 * <p>Tensors are [.., steps]; time is the last dimension.
 *
 * @param gamma discount of a step, in [0, 1]
 * @param lambda 0 for one step, 1 for all rewards to come
 */
public record Advantages(double gamma, double lambda) {
    /** Added to the deviation by which advantages are divided. */
    public static final double EPSILON = 1e-8;

    /** What the ends of episodes mean. */
    public enum Ends {
        /** A termination ends all there is to come; after a truncation more would have come, so its value counts, but the trace of advantages ends. */
        SEPARATE,
        /** A truncation counts as a termination. */
        MERGED
    }

    /**
     * What came of actions.
     *
     * @param advantage over what was expected, [.., steps]
     * @param target of the value: advantage and value, [.., steps]
     */
    public record Estimated(Tensor advantage, Tensor target) {}

    /** Refuses factors outside of [0, 1]. */
    public Advantages {
        if (!(gamma >= 0 && gamma <= 1 && lambda >= 0 && lambda <= 1)) {
            throw new IllegalArgumentException(
                    "gamma and lambda of advantages lie in [0, 1], unlike " + gamma + " and " + lambda);
        }
    }

    /**
     * Advantages of steps in which episodes may end.
     *
     * @param value of the states in which actions were taken
     * @param nextValue of the states that they led to: at the end of an episode of the state reached there, not of the next start
     * @param terminated 1 where the world ended an episode
     * @param truncated 1 where time did
     */
    public Estimated episodes(
            Tensor reward, Tensor value, Tensor nextValue, Tensor terminated, Tensor truncated, Ends ends) {
        double[] r = doubles(reward);
        double[] v = doubles(value);
        double[] next = doubles(nextValue);
        double[] d = doubles(terminated);
        double[] e = doubles(truncated);
        for (int i = 0; i < r.length; i++) {
            double over = Math.min(1, d[i] + e[i]);
            d[i] = ends == Ends.MERGED ? over : d[i];
            e[i] = over;
        }
        return estimate(r, v, next, d, e, reward, value);
    }

    /**
     * Advantages of whole trials, for whom learns within them: what is worth doing does not end with an episode, so episodes' ends mean nothing, and nothing comes after the last step (Duan et al. 2016, arXiv 1611.02779).
     *
     * @param value of the states in which actions were taken
     */
    public Estimated trials(Tensor reward, Tensor value) {
        double[] r = doubles(reward);
        double[] v = doubles(value);
        int steps = steps(reward);
        double[] next = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            next[i] = (i + 1) % steps == 0 ? 0 : v[i + 1];
        }
        return estimate(r, v, next, new double[v.length], new double[v.length], reward, value);
    }

    private Estimated estimate(
            double[] reward, double[] v, double[] next, double[] terminated, double[] cut, Tensor like, Tensor value) {
        int steps = steps(like);
        double[] advantage = new double[reward.length];
        double[] target = new double[reward.length];
        double later = 0;
        for (int i = reward.length - 1; i >= 0; i--) {
            if ((i + 1) % steps == 0) {
                later = 0;
            }
            double delta = reward[i] + gamma * (1 - terminated[i]) * next[i] - v[i];
            later = delta + gamma * lambda * (1 - cut[i]) * later;
            advantage[i] = later;
            target[i] = later + v[i];
        }
        return new Estimated(as(advantage, value), as(target, value));
    }

    private static int steps(Tensor tensor) {
        return Math.toIntExact(tensor.size(tensor.rank() - 1));
    }

    private static double[] doubles(Tensor tensor) {
        return tensor.detach().to(DType.FLOAT64).doubles();
    }

    private static Tensor as(double[] numbers, Tensor like) {
        return Tensor.of(numbers, like.shape()).to(like.dtype()).to(like.device());
    }

    /** Advantages with mean 0 and deviation 1 over all entries: (A - mean) / (sqrt(biased variance) + {@link #EPSILON}). Targets of values are never standardised. */
    public static Tensor standardised(Tensor advantage) {
        return standardised(advantage, 0);
    }

    /**
     * The same, divided by no less than a deviation: where hardly anything is better or worse than expected, what is left are errors of the value, and these should not be blown up.
     *
     * @param least deviation
     */
    public static Tensor standardised(Tensor advantage, double least) {
        double[] a = doubles(advantage);
        double mean = Arrays.stream(a).average().orElse(0);
        double variance =
                Arrays.stream(a).map(x -> (x - mean) * (x - mean)).average().orElse(0);
        double scale = 1 / (Math.max(least, Math.sqrt(variance)) + EPSILON);
        return as(Arrays.stream(a).map(x -> (x - mean) * scale).toArray(), advantage);
    }

    /**
     * The same over the steps of several shards that count, as if they were one tensor; the numbers are added up shard by shard.
     *
     * @param counts 1 in steps that count, 0 in those after the end of a life
     */
    static List<Tensor> standardised(List<Tensor> advantages, List<Tensor> counts) {
        double[] sums = new double[2];
        for (int i = 0; i < advantages.size(); i++) {
            sums[0] += sum(advantages.get(i), counts.get(i), x -> x);
            sums[1] += sum(advantages.get(i), counts.get(i), x -> 1);
        }
        double mean = sums[0] / sums[1];
        double squares = 0;
        for (int i = 0; i < advantages.size(); i++) {
            squares += sum(advantages.get(i), counts.get(i), x -> (x - mean) * (x - mean));
        }
        double deviation = Math.sqrt(squares / sums[1]);
        return advantages.stream()
                .map(a -> a.sub(mean).div(deviation + EPSILON))
                .toList();
    }

    private static double sum(Tensor advantage, Tensor counts, DoubleUnaryOperator of) {
        double[] a = doubles(advantage);
        double[] count = doubles(counts);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += count[i] * of.applyAsDouble(a[i]);
        }
        return sum;
    }
}
