package org.deutero.methods.metanet;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.recurrent.Lstm;

/**
 * Small networks that make a fast weight out of what is known of one coordinate's gradient, the same for all coordinates.
 *
 * @param units of their hidden layers; 20 in the released code
 * @param initializer how they start
 */
record FastWeightGenerator(int units, Initializer initializer) {
    /** Of one gradient, m: a perceptron 2-units-units-1 with layers {@code fc0} to {@code fc2}. */
    Params initialFromOne(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put("fc0", new Linear(2, units, initializer).init(rng, dtype))
                .put("fc1", new Linear(units, units, initializer).init(rng, dtype))
                .put("fc2", new Linear(units, 1, initializer).init(rng, dtype))
                .build();
    }

    /** Of a sequence of gradients, d: an LSTM with {@code weight_ih}, {@code weight_hh} and {@code bias}, and a layer {@code out} on its last output. */
    Params initialFromSequence(RandomGenerator rng, DType dtype) {
        return new Lstm(2, units, initializer, 0)
                .init(rng, dtype)
                .with(new Linear(units, 1, initializer).init(rng, dtype).under("out"));
    }

    /** Fast weights [tasks, n, coordinates] of gradients of this shape. */
    static Tensor fromOne(Params params, Tensor gradients) {
        long tasks = gradients.size(0);
        Tensor x = GradientFeatures.of(gradients).reshape(tasks, -1, 2);
        Tensor h = Linear.apply(params.child("fc0"), x).relu();
        h = Linear.apply(params.child("fc1"), h).relu();
        return Linear.apply(params.child("fc2"), h).reshape(gradients.shape());
    }

    /**
     * Fast weights [tasks, coordinates] of gradients [tasks, n, coordinates], which are gone through in order.
     *
     * @param chunks steps of time: the mean gradient of consecutive items makes one; n if there are fewer items
     */
    static Tensor fromSequence(Params params, Tensor gradients, int chunks) {
        int n = (int) gradients.size(1);
        int steps = Math.min(chunks, n);
        long tasks = gradients.size(0);
        long units = params.get("out.weight").size(params.get("out.weight").rank() - 1);
        Tensor zeros = Tensors.zeros(gradients.dtype(), tasks, gradients.size(2), units)
                .to(gradients.device());
        Lstm.State state = new Lstm.State(zeros, zeros);
        for (int t = 0; t < steps; t++) {
            Tensor mean = gradients
                    .slice(1, (long) t * n / steps, (t + 1L) * n / steps)
                    .mean(1);
            state = Lstm.step(params, GradientFeatures.of(mean), state);
        }
        return Linear.apply(params.child("out"), state.h()).squeeze(2);
    }
}
