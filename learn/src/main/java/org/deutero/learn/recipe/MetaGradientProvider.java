package org.deutero.learn.recipe;

import java.util.List;
import org.deutero.options.Provider;

/** Brings estimators of meta-gradients; see {@link Provider} for how it is found. */
public interface MetaGradientProvider extends Provider {
    /** The estimators, in the order of listings. */
    List<NamedMetaGradient> metaGradients();
}
