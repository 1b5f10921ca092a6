package org.deutero.methods.weighting;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deutero.learn.StepContext;
import org.deutero.tensor.Params;
import org.deutero.tensor.nn.Network;

/**
 * The same tensors in every step.
 *
 * @param shut names of layers or of tensors through which nothing passes
 */
public record FixedGate(Set<String> shut) implements Gate {
    /** Everything passes. */
    public static final FixedGate NONE = new FixedGate(Set.of());

    /** Copies the names. */
    public FixedGate {
        shut = Set.copyOf(shut);
    }

    /** Only the last layers of a network are open. */
    public static FixedGate last(Network network, int layers) {
        List<String> all = network.layers();
        return new FixedGate(new HashSet<>(all.subList(0, Math.max(0, all.size() - layers))));
    }

    /** Whether a tensor is open. */
    boolean open(String tensor) {
        int end = tensor.lastIndexOf('.');
        return !shut.contains(tensor) && (end < 0 || !shut.contains(tensor.substring(0, end)));
    }

    @Override
    public Passed pass(Params gate, Params gradient, StepContext context) {
        // A stopped gradient has no tangents either.
        Params closed = gradient.filter(name -> !open(name)).detach();
        return new Passed(gradient.with(closed), null);
    }
}
