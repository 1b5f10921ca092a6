package org.deutero.learn.evolution;

import org.deutero.learn.Carry;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Window;
import org.deutero.learn.WindowedGradient;
import org.deutero.learn.evolution.Antithetic.Memory;
import org.deutero.tasks.TaskBatch;

/**
 * Persistent evolution strategies (Vicol, Metz, Sohl-Dickstein 2021, ICML, "Unbiased gradient estimation in unrolled computation
 * graphs with persistent evolution strategies").
 *
 * <p>Each mirrored pair keeps two states, and xi, the sum of its perturbations since the lifetime began. A window draws eps, adds it to xi,
 * takes both states on under theta + eps and theta - eps, and estimates by (L+ - L-) / (2 std^2) xi: what earlier perturbations did to
 * these losses is thereby credited to them.
 *
 * <p>All losses of a lifetime, the last one included, are weighed by its own xi; the authors' code credits the last one to the newest
 * perturbation only. A window that straddles two lifetimes is two windows under the same noise.
 *
 * @param window steps of a window
 * @param perturbation how theta is perturbed, every task by itself
 */
public record PersistentEvolution(int window, Perturbation perturbation) implements WindowedGradient {
    /** Checks the range. */
    public PersistentEvolution {
        WindowedGradient.requireSteps(window);
    }

    @Override
    public String name() {
        return "pes";
    }

    @Override
    public String describe() {
        return "persistent evolution strategies in windows of " + window + " steps, " + perturbation.population()
                + ": unbiased for the meta-loss smoothed by noise of deviation " + perturbation.std()
                + "; variance grows with the number of windows";
    }

    @Override
    public String cost() {
        int n = perturbation.pairs();
        return "memory " + 2 * n + " P + " + (n + 3) + " M + a, time " + 2 * n + " T c";
    }

    @Override
    public <T extends TaskBatch<T>> Window advance(Lifetime<T> lifetime, Carry carry, int steps) {
        return advance(lifetime, carry, steps, Noise.normal(perturbation.std()));
    }

    <T extends TaskBatch<T>> Window advance(Lifetime<T> lifetime, Carry carry, int steps, Noise noise) {
        return new Antithetic(perturbation, Memory.PERSISTENT, noise).advance(lifetime, carry, steps);
    }
}
