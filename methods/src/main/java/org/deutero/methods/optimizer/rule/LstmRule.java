package org.deutero.methods.optimizer.rule;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.recurrent.Lstm;
import org.deutero.tensor.optim.Optimizer.Direction;

/**
 * The coordinate-wise LSTM optimiser (Andrychowicz, Denil, Gomez, Hoffman, Pfau, Schaul, Shillingford, de Freitas 2016, arXiv 1606.04474): one small network, which every coordinate of every tensor has a state of its own in.
 *
 * <p>Meta-parameters: {@code lstm0, lstm1, ...}, each a weight [4 units, inputs + units] for input and state together with gates in the order i, f, g, o and a bias [4 units]; {@code output}, a weight [1, units] and a bias [1]. Slots: {@code h0, c0, h1, c1, ...}, each [tasks, coordinates, units], coordinates in the order of the weights.
 *
 * @param preprocessing of gradients
 * @param k of the preprocessing
 * @param layers units of the LSTM layers; none for a linear rule
 * @param scale of the updates
 * @param forgetOffset added to the forget gates
 */
public record LstmRule(Preprocessing preprocessing, double k, List<Integer> layers, double scale, double forgetOffset)
        implements LearnedRule {
    private static final String OUTPUT = "output";

    /** Refuses scales that say nothing. */
    public LstmRule {
        layers = List.copyOf(layers);
        if (!(k > 0) || !(scale > 0)) {
            throw new IllegalArgumentException(
                    "the scale of gradients ends at a positive k, and updates have a positive scale, not " + k + " and "
                            + scale);
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng, DType dtype) {
        Params.Builder theta = Params.builder();
        int in = preprocessing.width();
        for (int l = 0; l < layers.size(); l++) {
            int units = layers.get(l);
            theta.put("lstm" + l, Dense.start(rng, dtype, in + units, 4 * units));
            in = units;
        }
        return theta.put(OUTPUT, Dense.start(rng, dtype, in, 1)).build();
    }

    @Override
    public Params slots(Params weights) {
        Coordinates coordinates = Coordinates.of(weights);
        Params.Builder slots = Params.builder();
        for (int l = 0; l < layers.size(); l++) {
            slots.put("h" + l, coordinates.zeros(coordinates.all(), layers.get(l)))
                    .put("c" + l, coordinates.zeros(coordinates.all(), layers.get(l)));
        }
        return slots.build();
    }

    @Override
    public Direction direction(Params theta, Params gradients, Params slots, Params weights, long step) {
        Coordinates coordinates = Coordinates.of(weights);
        Tensor h = inputs(coordinates.join(gradients));
        Params.Builder after = Params.builder();
        for (int l = 0; l < layers.size(); l++) {
            Tensor x = Tensors.cat(List.of(h, slots.get("h" + l)), 2);
            Tensor drive = Linear.apply(withOffset(theta.child("lstm" + l), layers.get(l)), x);
            Lstm.State state = Lstm.Gates.IGFO.update(drive, slots.get("c" + l), 2);
            after.put("h" + l, state.h()).put("c" + l, state.c());
            h = state.h();
        }
        Tensor added = Linear.apply(theta.child(OUTPUT), h).squeeze(2).mul(-scale);
        return new Direction(coordinates.tree(added), after.build());
    }

    /** What the network is told of gradients [tasks, coordinates]. */
    Tensor inputs(Tensor gradients) {
        return preprocessing.of(gradients, k);
    }

    private Params withOffset(Params layer, int units) {
        double[] offset = new double[4 * units];
        java.util.Arrays.fill(offset, 2 * units, 3 * units, forgetOffset);
        Tensor bias = layer.get("bias");
        return layer.with(Params.of("bias", bias.add(Coordinates.constant(bias, offset))));
    }
}
