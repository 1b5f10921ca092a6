package org.deutero.methods.neuralprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.capability.Predictive;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;

/**
 * From what is known of a function and an input to a normal distribution over the output: [mean, s] = g([r; z; x]), deviation = 0.1 + 0.9 softplus(s).
 *
 * <p>The bounded number is a standard deviation, although the notebooks of deepmind/neural-processes call it a variance. It cannot fall below 0.1, so no log density exceeds 1.38 for one output.
 *
 * @param mlp g, to twice as many numbers as outputs
 */
record GaussianDecoder(Mlp mlp) {
    private static final double FLOOR = 0.1;

    Params init(RandomGenerator rng, DType dtype) {
        return mlp.init(rng, dtype);
    }

    /**
     * Decodes.
     *
     * @param representation r for each input, [tasks, n, width], or for all of them, [tasks, 1, width]; null for none
     * @param latent z, [tasks, samples, size]; null for none
     * @param x inputs [tasks, n, inputs]
     */
    Predictive decode(Params theta, Tensor representation, Tensor latent, Tensor x) {
        long tasks = x.size(0);
        long samples = latent == null ? 1 : latent.size(1);
        long n = x.size(1);
        List<Tensor> parts = new ArrayList<>();
        if (representation != null) {
            parts.add(representation.unsqueeze(1).expand(-1, samples, n, -1));
        }
        if (latent != null) {
            parts.add(latent.unsqueeze(2).expand(-1, -1, n, -1));
        }
        parts.add(x.unsqueeze(1).expand(-1, samples, -1, -1));
        Tensor in = Tensors.cat(parts, 3);
        Tensor out = mlp.apply(theta, in.reshape(tasks, samples * n, in.size(3)));
        long outputs = out.size(2) / 2;
        Tensor split = out.reshape(tasks, samples, n, 2 * outputs);
        Tensor deviation = Functional.softplus(split.slice(3, outputs, 2 * outputs))
                .mul(1 - FLOOR)
                .add(FLOOR);
        return new Predictive(split.slice(3, 0, outputs), deviation);
    }
}
