package org.deutero.methods.neuronml;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * What the structure is asked for: frugality, plasticity, sensitivity (equation 7), and beside them the task itself.
 *
 * @param frugality its weight
 * @param plasticity its weight
 * @param sensitivity its weight
 * @param taskWeight weight of the query loss; 0 is the objective as printed, which all gates at 0 minimise
 * @param halfActive tau: the magnitude at which a weight counts as half active
 * @param temperature of importance in plasticity
 * @param budgetShare the budget C as a share of the l1 norm that the weights start with
 */
public record Structure(
        double frugality,
        double plasticity,
        double sensitivity,
        double taskWeight,
        double halfActive,
        double temperature,
        double budgetShare) {
    /** Statistic [1] that remembers C. */
    static final String BUDGET = "budget";

    /** Three weights of 0.1, and the task's of 1. */
    public static final Structure STANDARD = new Structure(0.1, 0.1, 0.1, 1, 0.05, 1, 0.5);

    /** The terms of a batch of tasks, unweighted, each [tasks]: their means over tasks are those of the equations. */
    record Terms(Tensor frugality, Tensor plasticity, Tensor sensitivity) {
        Params named() {
            return Params.builder()
                    .put("frugality", frugality)
                    .put("plasticity", plasticity)
                    .put("sensitivity", sensitivity)
                    .build();
        }
    }

    /** C, from the weights before training. */
    Params budget(Params weights) {
        Tensor norm = weights.flatten().abs().sum().reshape(1);
        return Params.of(BUDGET, norm.mul(budgetShare).detach());
    }

    /**
     * The terms.
     *
     * @param phi adapted weights, each [tasks, ...]
     * @param gradient of the support loss there, which is taken as a constant
     * @param budget C, [1]
     */
    Terms terms(Params phi, Params gradient, Tensor budget) {
        Tensor weights = phi.flattenPerTask();
        Tensor magnitude = gradient.detach().flattenPerTask().abs();
        Tensor activity = activity(weights);
        return new Terms(
                Frugality.of(weights, budget),
                Plasticity.of(activity, magnitude, temperature),
                Sensitivity.of(activity, magnitude));
    }

    /** |phi| / (|phi| + tau). */
    Tensor activity(Tensor weights) {
        Tensor magnitude = weights.abs();
        return magnitude.div(magnitude.add(halfActive));
    }

    /** Their weighted sum, [tasks]. */
    Tensor sum(Terms terms) {
        return terms.frugality()
                .mul(frugality)
                .addScaled(terms.plasticity(), plasticity)
                .addScaled(terms.sensitivity(), sensitivity);
    }

    /** What a task can say of its structure by itself: all but plasticity, [tasks]. */
    Tensor ofEachTask(Terms terms) {
        return terms.frugality().mul(frugality).addScaled(terms.sensitivity(), sensitivity);
    }
}
