package org.deutero.methods.optimizer.rule;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Optimizer.Direction;

/**
 * A rule with meta-parameters of its own for convolutions and for all other layers (Andrychowicz et al. 2016, section 3.3). A layer is what has a common name before the last dot; it is a convolution if it has a kernel of three dimensions or more.
 *
 * <p>Meta-parameters and slots: those of the rule under {@code conv} and under {@code dense}.
 *
 * @param rule for either
 */
public record SeparateRule(LearnedRule rule) implements LearnedRule {
    private static final String CONV = "conv";
    private static final String DENSE = "dense";

    @Override
    public Params metaParameters(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put(CONV, rule.metaParameters(rng, dtype))
                .put(DENSE, rule.metaParameters(rng, dtype))
                .build();
    }

    @Override
    public Params slots(Params weights) {
        Set<String> kernels = convolutions(weights);
        Params conv = weights.filter(name -> kernels.contains(layer(name)));
        Params dense = weights.filter(name -> !kernels.contains(layer(name)));
        return slotsOf(conv).under(CONV).with(slotsOf(dense).under(DENSE));
    }

    private Params slotsOf(Params weights) {
        return weights.isEmpty() ? Params.EMPTY : rule.slots(weights);
    }

    @Override
    public Direction direction(Params theta, Params gradients, Params slots, Params weights, long step) {
        Set<String> kernels = convolutions(weights);
        Params directions = Params.EMPTY;
        Params after = Params.EMPTY;
        for (String part : new String[] {CONV, DENSE}) {
            Params own = weights.filter(name -> kernels.contains(layer(name)) == part.equals(CONV));
            if (!own.isEmpty()) {
                Direction move =
                        rule.direction(theta.child(part), gradients.filter(own::has), slots.child(part), own, step);
                directions = directions.with(move.direction());
                after = after.with(move.state().under(part));
            }
        }
        return new Direction(directions, after);
    }

    private static Set<String> convolutions(Params weights) {
        Set<String> layers = new HashSet<>();
        weights.forEach((name, w) -> {
            if (w.rank() >= 4) {
                layers.add(layer(name));
            }
        });
        return layers;
    }

    private static String layer(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
