package org.deutero.learn.recipe;

import java.util.List;

/** The estimators of the library, those by perturbation included. */
public final class BuiltInMetaGradients implements MetaGradientProvider {
    @Override
    public int order() {
        return 0;
    }

    @Override
    public List<NamedMetaGradient> metaGradients() {
        return MetaGradientOptions.NAMES.stream()
                .map(name -> new NamedMetaGradient(name, o -> MetaGradientOptions.named(o, name)))
                .toList();
    }
}
