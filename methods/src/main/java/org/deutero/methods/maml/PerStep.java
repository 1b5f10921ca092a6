package org.deutero.methods.maml;

import org.deutero.learn.StepContext;
import org.deutero.tensor.Params;

/**
 * What depends on the number of the inner step besides the rates: the outer loss and batch normalisation.
 *
 * @param losses weights of the query losses after each step
 * @param norm whether every step has a scale and shift of its own, {@code norm<i>.weight} and {@code norm<i>.bias} of shape
 *     [steps, channels], which the inner loop does not move
 */
public record PerStep(LossWeights losses, boolean norm) {
    /** Only the loss after the last step counts, and all steps share their normalisation. */
    public static final PerStep NOTHING = new PerStep(LossWeights.LAST, false);

    /** The meta-parameters of a network, with a row for each step where steps have their own. */
    Params init(Params network, int steps) {
        return norm ? network.with(network.filter(PerStep::isNorm).expand(steps).copy()) : network;
    }

    /** The parameters of a network in a step; steps beyond the rows have the last. */
    Params at(Params theta, int step, StepContext context) {
        return norm ? theta.with(row(theta.filter(PerStep::isNorm), step, context)) : theta;
    }

    /**
     * The row that queries see when {@code taken} steps have been taken: the one of the last step, so that the final pass
     * needs no row that no support pass has trained.
     */
    static int queryRow(int taken) {
        return Math.max(0, taken - 1);
    }

    /** Row {@code step}, or the last there is, of tables [steps, ...], or [tasks, steps, ...] if tasks have their own. */
    static Params row(Params tables, int step, StepContext context) {
        int dim = context.task().ownTheta() ? 1 : 0;
        return tables.map(t -> t.select(dim, Math.min(step, t.size(dim) - 1)));
    }

    private static boolean isNorm(String name) {
        return name.startsWith("norm");
    }
}
