package org.deutero.tasks.projection;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Tensor;

/**
 * Tasks by number, which fixes for good a projection x -> W x + b of inputs and an order of labels: entries of W are normal with variance scale^2/inputs, those of b normal with the deviation {@code bias}.
 *
 * @param seed of all tasks
 * @param inputs numbers in an input
 * @param outputs numbers in a projected one
 * @param scale of W
 * @param bias deviation of b; 0 for none
 */
public record TaskFamily(long seed, int inputs, int outputs, double scale, double bias) {
    /** Refuses empty projections. */
    public TaskFamily {
        if (inputs < 1 || outputs < 1 || !(scale > 0) || !(bias >= 0)) {
            throw new IllegalArgumentException("a projection needs inputs, outputs and a scale above 0, not " + inputs
                    + " to " + outputs + " by " + scale + " with a bias of " + bias);
        }
    }

    /** Numbers of one projection. */
    int numbers() {
        return Math.multiplyExact(outputs, inputs);
    }

    /**
     * Writes W, row by row, and b.
     *
     * @param weight [.., outputs, inputs], from {@code number * outputs * inputs} on
     * @param shift [.., outputs], likewise
     */
    void write(long task, int number, float[] weight, float[] shift) {
        RandomGenerator rng = generator(task, 0);
        double deviation = scale / Math.sqrt(inputs);
        int from = number * numbers();
        for (int i = 0; i < numbers(); i++) {
            weight[from + i] = (float) (deviation * rng.nextGaussian());
        }
        for (int i = 0; bias > 0 && i < outputs; i++) {
            shift[number * outputs + i] = (float) (bias * rng.nextGaussian());
        }
    }

    /**
     * Which classes a task has, of so many: label k is that of the k-th.
     *
     * @param permuted whether they stand in the task's order, or else in the order of their numbers
     */
    int[] classes(long task, int of, int way, boolean permuted) {
        int[] chosen = Arrays.copyOf(Permutations.draw(generator(task, 1), of), way);
        if (!permuted) {
            Arrays.sort(chosen);
        }
        return chosen;
    }

    private RandomGenerator generator(long task, int purpose) {
        return new SplittableRandom(mix(mix(seed + 0x9E3779B97F4A7C15L) ^ mix(2 * task + purpose)));
    }

    /** The finaliser of SplitMix64: every bit of the input moves half the bits of the output. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /**
     * Projected inputs.
     *
     * @param x [tasks, n, inputs]
     * @param weight [tasks, outputs, inputs]
     * @return [tasks, n, outputs]
     */
    public static Tensor projected(Tensor x, Tensor weight) {
        return x.matmul(weight.transpose(1, 2));
    }
}
