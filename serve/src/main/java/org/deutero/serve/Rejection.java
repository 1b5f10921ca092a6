package org.deutero.serve;

import java.util.Arrays;

/**
 * When a classifier says that a picture shows none of its classes: when the largest logit is below a threshold. That number, unlike the probability that is made of it, tells how near a picture is to any class at all (Hendrycks et al. 2022, arXiv
 * 1911.11132); a learner with a metric has minus the distance to the nearest class there.
 *
 * <p>The threshold comes from the examples alone, each judged by a classifier that was made without it: pictures <em>left out</em> of their class say how near pictures of a class come, pictures of classes that were left out as a whole how near others do. It lies where two normal distributions fitted to these have equal errors. Both errors
 * are measured on the same pictures; of few examples they are rough.
 *
 * @param threshold the least logit of a picture of some class
 * @param known pictures left out of their class
 * @param falseRejections the share of them below the threshold
 * @param strange pictures of classes left out
 * @param falseAcceptances the share of them at or above it
 */
public record Rejection(double threshold, int known, double falseRejections, int strange, double falseAcceptances) {
    /** Refuses a threshold that is no number. */
    public Rejection {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("a threshold must be a number, not " + threshold);
        }
    }

    /** Whether a picture with these logits shows none of the classes. */
    boolean rejects(double[] logits) {
        return !(largest(logits) >= threshold);
    }

    static double largest(double[] logits) {
        return Arrays.stream(logits).max().orElseThrow();
    }

    /** From the largest logits of pictures left out, and of pictures of classes left out. */
    static Rejection of(double[] known, double[] strange) {
        double ofKnown = deviation(known);
        double ofStrange = deviation(strange);
        double both = ofKnown + ofStrange;
        double threshold = both > 0
                ? (ofStrange * mean(known) + ofKnown * mean(strange)) / both
                : (mean(known) + mean(strange)) / 2;
        return new Rejection(
                threshold,
                known.length,
                Arrays.stream(known).filter(logit -> logit < threshold).count() / (double) known.length,
                strange.length,
                Arrays.stream(strange).filter(logit -> logit >= threshold).count() / (double) strange.length);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
