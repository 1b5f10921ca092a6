package org.deutero.methods.arms;

import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What arms are thought to pay: the mean of what they have paid and of some pulls that were only imagined. With two pulls that pay 0.5 it is the mean of a posterior Beta(1 + successes, 1 + failures).
 *
 * @param imagined pulls; with 0, arms that are untried are thought to be better than any other
 * @param worth what these have paid on average
 */
record MeanPay(double imagined, double worth) {
    /** Refuses fewer pulls than none. */
    MeanPay {
        if (!(imagined >= 0)) {
            throw new IllegalArgumentException("imagined pulls are " + imagined + ", but 0 or more were expected");
        }
    }

    /** Pulls, with those imagined. */
    Tensor counts(Tensor pulls) {
        return pulls.add(imagined);
    }

    /** Mean of each arm; infinite if nothing is known of it. */
    Tensor of(Tensor pulls, Tensor sums) {
        Tensor counts = counts(pulls);
        Tensor mean = sums.add(imagined * worth).div(counts);
        return Tensors.where(counts.gt(0), mean, Tensors.full(Double.POSITIVE_INFINITY, pulls.dtype(), pulls.shape()));
    }
}
