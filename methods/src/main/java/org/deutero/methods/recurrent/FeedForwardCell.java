package org.deutero.methods.recurrent;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * Layers without memory, each a hyperbolic tangent: a cell for what recurrence is held against. Parameters {@code l0}, {@code l1}, ... of {@link Linear}, Glorot uniform.
 *
 * @param inputs numbers in an input
 * @param layers units of each layer
 */
public record FeedForwardCell(int inputs, List<Integer> layers) implements RecurrentCell {
    /** Refuses no layer. */
    public FeedForwardCell {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a feed-forward cell needs at least 1 layer");
        }
    }

    @Override
    public int units() {
        return layers.get(layers.size() - 1);
    }

    private static String layer(int number) {
        return "l" + number;
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder all = Params.builder();
        int in = inputs;
        for (int i = 0; i < layers.size(); i++) {
            all.put(layer(i), new Linear(in, layers.get(i), Initializer.XAVIER_UNIFORM).init(rng, dtype));
            in = layers.get(i);
        }
        return all.build();
    }

    @Override
    public Params start(Params theta, int tasks) {
        return Silence.of(theta.get(layer(0) + ".weight"), tasks, units());
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        return Params.of(ACTIVITY, sequence(theta, input, null));
    }

    @Override
    public Tensor sequence(Params theta, Tensor inputs, Tensor keep) {
        Tensor x = inputs;
        for (int i = 0; i < layers.size(); i++) {
            x = Linear.apply(theta.child(layer(i)), x).tanh();
        }
        return x;
    }
}
