package org.deutero.methods.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.capability.FrozenNetwork.Readout;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Normalization;

/**
 * Ridge regression from features to unit vectors of classes, in closed form (R2-D2: Bertinetto, Henriques, Torr, Vedaldi 2019, arXiv 1805.08136): W = X^T (X X^T + lambda I)^-1 Y, logits = alpha X' W. A feature that is always 1 is added, whose
 * weight is the bias; it decays like the others.
 *
 * <p>With a {@linkplain #chosen chosen} lambda each task takes the one of least squared error on its examples left out, one at a time, which is also a closed form (the residual of example i is [A Y]_i / A_ii with A = (X X^T + lambda I)^-1). It is then a constant to
 * meta-gradients. Where every class has one example there is nothing to choose by, and the given one is used.
 *
 * <p>Memory: {@code weight} [tasks, way, width + 1]. Parameters: {@code log-lambda} and {@code scale} [1], both meta-learned as published; {@code scale} only, if lambda is chosen.
 *
 * @param lambda weight decay, or where it starts, times the mean squared length of the features of the task
 * @param scale alpha, or where it starts
 * @param chosen whether each task chooses its lambda
 */
public record Ridge(double lambda, double scale, boolean chosen) implements Head {
    private static final String WEIGHT = "weight";
    private static final String LAMBDA = "log-lambda";
    private static final String SCALE = "scale";
    private static final double[] CHOICES = {1e-4, 1e-3, 1e-2, 0.1, 1, 10};

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params own = Params.of(SCALE, Tensors.full(scale, dtype, 1));
        return chosen ? own : own.with(Params.of(LAMBDA, Tensors.full(Math.log(lambda), dtype, 1)));
    }

    private static Tensor extended(Tensor features) {
        Tensor ones = Tensors.ones(features.dtype(), features.size(0), features.size(1), 1)
                .to(features.device());
        return Tensors.cat(List.of(features, ones), 2);
    }

    @Override
    public Params memory(Params own, Tensor support, Tensor labels, int way) {
        Tensor x = extended(support);
        Tensor y = labels.oneHot(way, x.dtype());
        Tensor kernel = x.matmul(x.transpose(1, 2));
        Tensor identity = identity(x);
        Tensor size = kernel.mul(identity).sumKeep(2).mean(1, 2).reshape(-1, 1, 1);
        Tensor decay;
        if (!chosen) {
            decay = size.mul(own.get(LAMBDA).exp().reshape(-1, 1, 1));
        } else if (x.size(1) <= way) {
            decay = size.mul(lambda);
        } else {
            decay = size.mul(best(kernel, identity, size, y));
        }
        Tensor dual = Tensors.solve(kernel.add(identity.mul(decay)), y);
        return Params.of(WEIGHT, dual.transpose(1, 2).matmul(x));
    }

    /** [1, examples, examples]. */
    private static Tensor identity(Tensor x) {
        return Tensors.eye((int) x.size(1), x.dtype()).unsqueeze(0).to(x.device());
    }

    /** The choice of each task, [tasks, 1, 1]. */
    private static Tensor best(Tensor kernel, Tensor identity, Tensor size, Tensor y) {
        int tasks = (int) kernel.size(0);
        double[] best = new double[tasks];
        double[] least = new double[tasks];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (double choice : CHOICES) {
            Tensor regular = kernel.detach().add(identity.mul(size.detach().mul(choice)));
            Tensor inverse = Tensors.solve(regular, identity.expand(tasks, -1, -1));
            Tensor diagonal = inverse.mul(identity).sumKeep(2);
            double[] errors =
                    inverse.matmul(y).div(diagonal).square().sum(2).sum(1).doubles();
            for (int t = 0; t < tasks; t++) {
                if (errors[t] < least[t]) {
                    least[t] = errors[t];
                    best[t] = choice;
                }
            }
        }
        return Tensor.of(best, tasks, 1, 1).to(kernel.dtype()).to(kernel.device());
    }

    @Override
    public Tensor logits(Params own, Params memory, Tensor queries, Normalization normalization) {
        return extended(queries)
                .matmul(memory.get(WEIGHT).transpose(1, 2))
                .mul(own.get(SCALE).reshape(-1, 1, 1));
    }

    @Override
    public Optional<String> inseparable() {
        return Optional.of("a regression has learned all classes together");
    }

    @Override
    public Optional<Readout> frozen(Params own, Params memory) {
        Tensor all = memory.get(WEIGHT).mul(own.get(SCALE).reshape(1, 1));
        long width = all.size(1) - 1;
        return Optional.of(new Readout.Linear(all.slice(1, 0, width), all.select(1, width)));
    }
}
