package org.deutero.serve;

import java.util.List;
import org.deutero.learn.recipe.MetaOptimizerProvider;
import org.deutero.learn.recipe.NamedOptimizer;
import org.deutero.methods.InnerOptimizerProvider;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.DataException;

/** {@code learned}: trained optimisers, for meta-parameters and for inner loops. */
public final class LearnedOptimizers implements MetaOptimizerProvider, InnerOptimizerProvider {
    private static final String NAME = "learned";
    private static final String STANDARD = "builtin:optimizer-mlp";
    private static final String WHAT =
            "the optimiser: a .dtr file that deutero export has made of a run, the folder of the run, or builtin:optimizer-mlp";

    @Override
    public int order() {
        return 10;
    }

    @Override
    public List<NamedOptimizer> optimizers() {
        return List.of(new NamedOptimizer(NAME, o -> read(o, "file")));
    }

    @Override
    public List<NamedOptimizer> innerOptimizers() {
        return List.of(new NamedOptimizer(NAME, o -> read(o, "inner-file").perTask()));
    }

    private static TrainedOptimizer read(Options o, String key) {
        String name = o.text(key, STANDARD, WHAT);
        try {
            return Artifacts.optimizer(name);
        } catch (DataException e) {
            throw new OptionsException(o.path(key) + ": " + e.getMessage(), e);
        }
    }
}
