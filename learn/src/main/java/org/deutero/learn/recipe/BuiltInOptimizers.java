package org.deutero.learn.recipe;

import java.util.List;
import org.deutero.options.Options;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;
import org.deutero.tensor.optim.Sign;

/** Adam, AdamW, SGD and steps of one length. */
public final class BuiltInOptimizers implements MetaOptimizerProvider {
    @Override
    public int order() {
        return 0;
    }

    @Override
    public List<NamedOptimizer> optimizers() {
        return List.of(
                new NamedOptimizer("adam", o -> adam(o, false)),
                new NamedOptimizer("adamw", o -> adam(o, true)),
                new NamedOptimizer("sgd", BuiltInOptimizers::sgd),
                new NamedOptimizer("sign", BuiltInOptimizers::sign));
    }

    private static Optimizer sgd(Options o) {
        return new Sgd(
                o.number("momentum", 0, 0, 0.999999, "momentum"),
                o.flag("nesterov", false, "whether momentum looks ahead"));
    }

    private static Optimizer sign(Options o) {
        return new Sign(
                o.positive(
                        "sign-epsilon",
                        1e-8,
                        "steps have one length unless an element of the gradient is as small as this; 3.1623e-6 is an Adam (epsilon 1e-7) made anew for every step"));
    }

    private static Optimizer adam(Options o, boolean decoupled) {
        return new Adam(
                o.number("beta1", 0.9, 0, 0.999999, "decay of the first moment"),
                o.number("beta2", 0.999, 0, 0.999999, "decay of the second moment"),
                o.number("epsilon", 1e-8, 0, 1, "added to the root of the second moment"),
                0,
                decoupled ? o.number("decay", 0.01, 0, 10, "decoupled weight decay") : 0);
    }
}
