package org.deutero.tasks.images;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Labels made wrong on purpose, as in the released code of Meta-Weight-Net (Shu et al. 2019).
 *
 * @param kind which labels wrong ones become
 * @param level probability that a label is drawn anew
 */
public record LabelNoise(Kind kind, double level) {
    /** None. */
    public static final LabelNoise NONE = new LabelNoise(Kind.NONE, 0);

    /** Which labels wrong ones become. */
    public enum Kind {
        /** Labels stay. */
        NONE,
        /** Any class, the true one included. */
        UNIFORM,
        /** One other class, the same for all pictures of a class. */
        FLIP,
        /** One of two other classes, half of them each. */
        FLIP2
    }

    /** Checks that the level is a probability. */
    public LabelNoise {
        if (!(level >= 0 && level <= 1)) {
            throw new IllegalArgumentException("a share of wrong labels lies in [0, 1], not " + level);
        }
    }

    /**
     * The probabilities of labels, a row for each true class.
     *
     * @param rng chooses the classes that labels are flipped to
     */
    public double[][] matrix(int classes, RandomGenerator rng) {
        double[][] matrix = new double[classes][classes];
        for (int c = 0; c < classes; c++) {
            matrix[c][c] = kind == Kind.NONE ? 1 : 1 - level;
            switch (kind) {
                case NONE -> {}
                case UNIFORM -> {
                    for (int other = 0; other < classes; other++) {
                        matrix[c][other] += level / classes;
                    }
                }
                case FLIP -> matrix[c][others(c, classes, 1, rng)[0]] = level;
                case FLIP2 -> {
                    for (int other : others(c, classes, Math.min(2, classes - 1), rng)) {
                        matrix[c][other] += level / Math.min(2, classes - 1);
                    }
                }
            }
        }
        return matrix;
    }

    private static int[] others(int c, int classes, int number, RandomGenerator rng) {
        int[] chosen = new int[number];
        new Chooser(classes).choose(classes - 1, rng, chosen);
        return Arrays.stream(chosen).map(other -> other < c ? other : other + 1).toArray();
    }

    /** Labels drawn from the rows of the true ones; the true ones without noise, and nothing is drawn then. */
    public int[] labels(int[] truth, int classes, RandomGenerator rng) {
        if (kind == Kind.NONE) {
            return truth.clone();
        }
        double[][] matrix = matrix(classes, rng);
        return Arrays.stream(truth).map(c -> drawn(matrix[c], rng.nextDouble())).toArray();
    }

    private static int drawn(double[] row, double luck) {
        double below = 0;
        for (int c = 0; c < row.length; c++) {
            below += row[c];
            if (luck < below) {
                return c;
            }
        }
        // Rounding may leave a sliver below 1, which belongs to the last class that is possible.
        int last = row.length - 1;
        while (row[last] == 0) {
            last--;
        }
        return last;
    }
}
