package org.deutero.methods.optimizer.rule;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer.Direction;

/**
 * A perceptron for every parameter, which is told its gradient, its value, momenta of several decays, and the age of the training (Metz, Maheswaranathan, Nixon, Freeman, Sohl-Dickstein 2019, arXiv 1810.10180; {@code MLPLOpt} of google/learned_optimization).
 *
 * <p>Slots: {@code m} [tasks, decays, coordinates], m' = b m + (1 - b) g from 0, not corrected for that start. Numbers count as tensors of one element.
 *
 * @param network of steps
 * @param decays b of momenta
 */
public record MlpRule(StepNetwork network, List<Double> decays) implements LearnedRule {
    /** Decays as published. */
    public static final List<Double> DECAYS = List.of(0.1, 0.5, 0.9, 0.99, 0.999, 0.9999);

    private static final String M = "m";

    /** Copies the list. */
    public MlpRule {
        decays = List.copyOf(decays);
    }

    @Override
    public Params metaParameters(RandomGenerator rng, DType dtype) {
        return network.start(rng, dtype, 2 + decays.size());
    }

    @Override
    public Params slots(Params weights) {
        Coordinates coordinates = Coordinates.of(weights);
        return Params.of(M, coordinates.zeros(decays.size(), coordinates.all()));
    }

    @Override
    public Direction direction(Params theta, Params gradients, Params slots, Params weights, long step) {
        Coordinates coordinates = Coordinates.of(weights);
        Params after = after(slots, coordinates.join(gradients));
        Tensor features = features(coordinates, gradients, after, weights);
        Tensor steps = network.steps(theta, StepNetwork.normalized(coordinates, features), step);
        return new Direction(coordinates.tree(steps), after);
    }

    private Params after(Params slots, Tensor gradients) {
        Tensor share = Coordinates.constant(
                gradients, decays.stream().mapToDouble(b -> 1 - b).toArray());
        return Params.of(M, slots.get(M).lerp(gradients.unsqueeze(1), Coordinates.along(share, 3)));
    }

    /** [tasks, 2 + decays, coordinates]: gradient, value, momenta after the step. */
    Tensor features(Coordinates coordinates, Params gradients, Params after, Params weights) {
        return Tensors.cat(
                List.of(
                        coordinates.join(gradients).unsqueeze(1),
                        coordinates.join(weights).unsqueeze(1),
                        after.get(M)),
                1);
    }
}
