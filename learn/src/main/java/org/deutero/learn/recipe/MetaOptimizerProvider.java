package org.deutero.learn.recipe;

import java.util.List;
import org.deutero.options.Provider;

/** Brings rules of descent for meta-parameters; see {@link Provider} for how it is found. */
public interface MetaOptimizerProvider extends Provider {
    /** The rules, in the order of listings. */
    List<NamedOptimizer> optimizers();
}
