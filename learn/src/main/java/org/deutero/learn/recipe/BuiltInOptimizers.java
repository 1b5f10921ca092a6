package org.deutero.learn.recipe;

import java.util.List;
import org.deutero.options.Options;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;
import org.deutero.tensor.optim.Sign;
import org.deutero.tensor.optim.WeightDecay;

/** Adam, AdamW, SGD and steps of one length. */
public final class BuiltInOptimizers implements MetaOptimizerProvider {
    @Override
    public int order() {
        return 0;
    }

    @Override
    public List<NamedOptimizer> optimizers() {
        return List.of(
                new NamedOptimizer("adam", BuiltInOptimizers::adam),
                new NamedOptimizer("adamw", BuiltInOptimizers::adamW),
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

    private static Optimizer adam(Options o) {
        Adam adam = adam(o, 0, true);
        double l2 = o.number("l2", 0, 0, 10, "weight decay as an addition to gradients, before the moments");
        return l2 == 0 ? adam : new WeightDecay(adam, l2);
    }

    private static Optimizer adamW(Options o) {
        return adam(
                o,
                o.number("decay", 0.01, 0, 10, "decoupled weight decay"),
                o.flag("decay-vectors", true, "whether biases, gains and whatever has one dimension decay as well"));
    }

    private static Adam adam(Options o, double decay, boolean vectors) {
        return new Adam(
                o.number("beta1", 0.9, 0, 0.999999, "decay of the first moment"),
                o.number("beta2", 0.999, 0, 0.999999, "decay of the second moment"),
                o.number("epsilon", 1e-8, 0, 1, "added to the root of the second moment"),
                0,
                decay,
                vectors);
    }
}
