package org.deutero.methods;

import java.util.List;
import org.deutero.learn.recipe.NamedOptimizer;
import org.deutero.options.Provider;

/**
 * Brings rules of descent for inner loops, which {@code method.inner-optimizer} names; see {@link Provider} for how it is found.
 *
 * <p>A rule moves tensors that lead with a task dimension, and is differentiable. Its reader asks the {@code method} section.
 */
public interface InnerOptimizerProvider extends Provider {
    /** The rules, in the order of listings. */
    List<NamedOptimizer> innerOptimizers();
}
