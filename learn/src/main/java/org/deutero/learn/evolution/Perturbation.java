package org.deutero.learn.evolution;

import java.util.OptionalDouble;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * How theta is perturbed: theta + eps and theta - eps with eps ~ N(0, std^2 I).
 *
 * @param pairs mirrored pairs, of every task or for all of them, whose estimates are averaged
 * @param std standard deviation of every element
 * @param highestLoss the most that a single loss may count; larger ones, NaN and infinities count as this much. One lifetime that
 *     diverges would otherwise drown all others (Metz et al. 2019)
 */
public record Perturbation(int pairs, double std, OptionalDouble highestLoss) {
    /** Checks ranges. */
    public Perturbation {
        if (pairs < 1 || !(std > 0) || !Double.isFinite(std)) {
            throw new IllegalArgumentException(
                    "evolution needs at least one pair and a standard deviation above 0, not " + pairs + " and " + std);
        }
    }

    /** Perturbations whose losses count as they are. */
    public static Perturbation of(int pairs, double std) {
        return new Perturbation(pairs, std, OptionalDouble.empty());
    }

    /** The population of a task, in words. */
    String population() {
        return pairs + (pairs == 1 ? " mirrored pair" : " mirrored pairs") + " a task";
    }

    /** Losses as they count, [tasks]. */
    Tensor bounded(Tensor losses) {
        if (highestLoss.isEmpty()) {
            return losses;
        }
        Tensor highest = Tensors.zerosLike(losses).add(highestLoss.getAsDouble());
        // A comparison with NaN is false.
        Tensor ordinary = Tensors.where(losses.lt(highestLoss.getAsDouble()), losses, highest);
        return Tensors.where(losses.gt(Double.NEGATIVE_INFINITY), ordinary, highest);
    }
}
