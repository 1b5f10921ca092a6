package org.deutero.learn.evolution;

import java.util.Arrays;

/** How the fitness of mirrored pairs is made into weights of their perturbations. */
public enum Shaping {
    /** As it is: unbiased. */
    RAW {
        @Override
        double[] apply(double[] fitness) {
            return fitness;
        }
    },
    /** The rank among all candidates, from -1/2 to 1/2, ties in the middle: robust against outliers, and biased. */
    CENTRED_RANKS {
        @Override
        double[] apply(double[] fitness) {
            return ranks(fitness);
        }
    },
    /** Centred ranks over their standard deviation (Najarro and Risi 2020). */
    STANDARDIZED_RANKS {
        @Override
        double[] apply(double[] fitness) {
            double[] ranks = ranks(fitness);
            double deviation = Math.sqrt(Arrays.stream(ranks).map(r -> r * r).sum() / ranks.length);
            return Arrays.stream(ranks)
                    .map(r -> deviation == 0 ? 0 : r / deviation)
                    .toArray();
        }
    },
    /** Which of a pair is better, and nothing else. */
    SIGN {
        @Override
        double[] apply(double[] fitness) {
            double[] signs = new double[fitness.length];
            for (int i = 0; i < signs.length; i += 2) {
                signs[i] = Double.compare(fitness[i], fitness[i + 1]) / 2.0;
                signs[i + 1] = -signs[i];
            }
            return signs;
        }
    };

    /**
     * The weights.
     *
     * @param fitness [2 pairs], plus and minus of a pair side by side; infinite for candidates that failed, unless raw
     */
    abstract double[] apply(double[] fitness);

    private static double[] ranks(double[] fitness) {
        double[] sorted = fitness.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[fitness.length];
        for (int i = 0; i < ranks.length; i++) {
            int below = 0;
            int above = 0;
            for (double other : sorted) {
                below += other < fitness[i] ? 1 : 0;
                above += other > fitness[i] ? 1 : 0;
            }
            ranks[i] = (below - above) / (2.0 * (fitness.length - 1));
        }
        return ranks;
    }
}
