package org.deutero.learn.evolution;

import org.deutero.learn.Carry;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Window;
import org.deutero.learn.WindowedGradient;
import org.deutero.learn.evolution.Antithetic.Memory;
import org.deutero.tasks.TaskBatch;

/**
 * Evolution strategies in truncated windows (Metz, Maheswaranathan, Nixon, Freeman, Sohl-Dickstein 2019, arXiv 1810.10180): both signs
 * start from the same state, the losses of the window are weighed by its own perturbation, and the plus state is carried on.
 *
 * <p>What theta does to the losses of later windows is left out. A lifetime's first window includes its beginning, so one
 * window over a whole lifetime is {@link EvolutionStrategies}.
 *
 * @param window steps of a window
 * @param perturbation how theta is perturbed, every task by itself
 */
public record TruncatedEvolution(int window, Perturbation perturbation) implements WindowedGradient {
    static final String NAME = "truncated-es";

    /** Checks the range. */
    public TruncatedEvolution {
        WindowedGradient.requireSteps(window);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "evolution strategies in windows of " + window + " steps, " + perturbation.population()
                + "; biased towards short horizons: what a window does to later ones is left out";
    }

    @Override
    public String cost() {
        int n = perturbation.pairs();
        return "memory " + (n + 1) + " P + 3 M + a, time " + 2 * n + " T c";
    }

    @Override
    public <T extends TaskBatch<T>> Window advance(Lifetime<T> lifetime, Carry carry, int steps) {
        return new Antithetic(perturbation, Memory.TRUNCATED, Noise.normal(perturbation.std()))
                .advance(lifetime, carry, steps);
    }
}
