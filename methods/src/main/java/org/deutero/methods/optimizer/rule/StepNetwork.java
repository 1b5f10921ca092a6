package org.deutero.methods.optimizer.rule;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A perceptron that every parameter is put through by itself: from what is known of it to a direction and a magnitude, of which the step is {@code stepScale * direction * exp(magnitudeScale * magnitude)} (Metz, Maheswaranathan, Nixon, Freeman, Sohl-Dickstein 2019, arXiv 1810.10180).
 *
 * <p>Features are divided by the root of their mean square over their tensor. The age of the training is told by tanh(t / tau - 1) for time scales tau; as it is the same for all parameters, its share in the first layer is computed once.
 *
 * <p>Meta-parameters: {@code mlp0, mlp1, ...}, each a weight [out, in] and a bias [out], ReLU between layers.
 *
 * @param hidden units of the hidden layers
 * @param stepScale factor on steps
 * @param magnitudeScale factor on their logarithm
 * @param timeScales tau, in steps
 */
public record StepNetwork(List<Integer> hidden, double stepScale, double magnitudeScale, List<Double> timeScales) {
    /** Time scales as published. */
    public static final List<Double> TIME_SCALES = List.of(1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1e3, 3e3, 1e4, 3e4, 1e5);

    private static final double SMALL = 1e-5;
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";

    /** Copies the lists. */
    public StepNetwork {
        hidden = List.copyOf(hidden);
        timeScales = List.copyOf(timeScales);
        if (hidden.isEmpty() || timeScales.isEmpty()) {
            throw new IllegalArgumentException("a network of steps has at least one hidden layer and one time scale");
        }
    }

    /** Fresh layers for so many features. */
    Params start(RandomGenerator rng, DType dtype, int features) {
        Params.Builder theta = Params.builder();
        int in = features + timeScales.size();
        for (int l = 0; l < hidden.size(); l++) {
            theta.put(layer(l), Dense.start(rng, dtype, in, hidden.get(l)));
            in = hidden.get(l);
        }
        return theta.put(layer(hidden.size()), Dense.start(rng, dtype, in, 2)).build();
    }

    private static String layer(int l) {
        return "mlp" + l;
    }

    /** Features [tasks, features, size] of one tensor, each divided by the root of its mean square. */
    static Tensor normalized(Tensor features) {
        return features.mul(features.square().meanKeep(2).add(SMALL).pow(-0.5));
    }

    /** All features, normalised tensor by tensor. */
    static Tensor normalized(Coordinates coordinates, Tensor features) {
        List<Tensor> parts = coordinates.parts(features).stream()
                .map(StepNetwork::normalized)
                .toList();
        return parts.size() == 1 ? parts.get(0) : Tensors.cat(parts, 2);
    }

    /** What is told of the age, [time scales]. */
    Tensor age(Tensor like, long step) {
        return Coordinates.constant(
                like,
                timeScales.stream()
                        .mapToDouble(tau -> Math.tanh(step / tau - 1))
                        .toArray());
    }

    /**
     * The steps, [tasks, coordinates].
     *
     * @param features normalised, [tasks, features, coordinates]
     */
    Tensor steps(Params theta, Tensor features, long step) {
        Tensor h = apply(aged(theta.child(layer(0)), features, step), features);
        for (int l = 1; l <= hidden.size(); l++) {
            h = apply(theta.child(layer(l)), h.relu());
        }
        List<Tensor> outputs = h.unbind(1);
        Tensor magnitude = outputs.get(1).mul(magnitudeScale).exp();
        return outputs.get(0).mul(magnitude).mul(stepScale);
    }

    /** A layer on [tasks, in, coordinates], with coordinates last, as all that is done to them goes along them. */
    private static Tensor apply(Params layer, Tensor x) {
        Tensor weight = layer.get(WEIGHT);
        Tensor own = weight.rank() == 3 ? weight : weight.unsqueeze(0).expand(x.size(0), -1, -1);
        return Coordinates.along(layer.get(BIAS), 3).baddbmm(own, x);
    }

    /** The first layer, with the age in its bias. */
    private Params aged(Params first, Tensor features, long step) {
        Tensor weight = first.get(WEIGHT);
        int last = weight.rank() - 1;
        long known = features.size(1);
        Tensor share = weight.slice(last, known, weight.size(last))
                .matmul(age(features, step).unsqueeze(1))
                .squeeze(last);
        return Params.builder()
                .put(WEIGHT, weight.slice(last, 0, known))
                .put(BIAS, first.get(BIAS).add(share))
                .build();
    }
}
