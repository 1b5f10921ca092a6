package org.deutero.methods.metric;

import java.util.ArrayList;
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
 * A class is the mean of its embedded shots, c_n = mean_k f(x_nk), and an input belongs to the nearest mean (Snell, Swersky, Zemel 2017, arXiv 1703.05175).
 *
 * <p>Memory: {@code prototypes} [tasks, way, width]. Parameters: {@code scale} [1] where the factor of cosines is learned.
 *
 * @param distance by which means are near
 * @param scale factor of cosines, or where it starts; not used with {@link Distance#EUCLIDEAN}
 * @param learned whether that factor is meta-learned
 */
public record Prototypes(Distance distance, double scale, boolean learned) implements Head {
    /** Squared Euclidean distances, as published. */
    public static final Prototypes EUCLIDEAN = new Prototypes(Distance.EUCLIDEAN, 1, false);

    private static final String PROTOTYPES = "prototypes";
    private static final String SCALE = "scale";

    /** By which means are near. */
    public enum Distance {
        /** Logits are minus the squared distances, without temperature. */
        EUCLIDEAN,
        /** Logits are a factor times the cosines (Meta-Baseline: Chen, Liu, Xu, Darrell, Wang 2021, arXiv 2003.04390). */
        COSINE
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return distance == Distance.COSINE && learned ? Params.of(SCALE, Tensors.full(scale, dtype, 1)) : Params.EMPTY;
    }

    @Override
    public Params memory(Params own, Tensor support, Tensor labels, int way) {
        return Params.of(PROTOTYPES, means(support, labels, way));
    }

    @Override
    public Tensor logits(Params own, Params memory, Tensor queries, Normalization normalization) {
        Tensor prototypes = memory.get(PROTOTYPES);
        if (distance == Distance.EUCLIDEAN) {
            return minusSquaredDistances(queries, prototypes);
        }
        Tensor cosines = Cosines.between(queries, prototypes);
        return learned ? cosines.mul(own.get(SCALE).reshape(-1, 1, 1)) : cosines.mul(scale);
    }

    @Override
    public Optional<Readout> frozen(Params own, Params memory) {
        Tensor prototypes = memory.get(PROTOTYPES);
        if (distance == Distance.EUCLIDEAN) {
            return Optional.of(new Readout.NearestMean(prototypes));
        }
        Tensor units = Cosines.unit(prototypes);
        return Optional.of(
                new Readout.Cosine(learned ? units.mul(own.get(SCALE).reshape(1, 1)) : units.mul(scale), 1e-12));
    }

    @Override
    public Optional<String> inseparable() {
        return Optional.empty();
    }

    @Override
    public Params joined(Params memory, long[] examples, Tensor features, Tensor labels, int way) {
        Tensor before = memory.get(PROTOTYPES);
        double[] counts = new double[way];
        for (int c = 0; c < examples.length; c++) {
            counts[c] = examples[c];
        }
        Tensor weights = Tensor.of(counts, 1, way, 1).to(before.dtype()).to(before.device());
        Tensor padded = way == before.size(1)
                ? before
                : Tensors.cat(
                        List.of(
                                before,
                                Tensors.zeros(before.dtype(), before.size(0), way - before.size(1), before.size(2))
                                        .to(before.device())),
                        1);
        Tensor membership = labels.oneHot(way, features.dtype()).transpose(1, 2);
        Tensor sums = membership.matmul(features).add(padded.mul(weights));
        return memory.with(Params.of(PROTOTYPES, sums.div(membership.sumKeep(2).add(weights))));
    }

    @Override
    public Params kept(Params memory, long[] classes) {
        Tensor before = memory.get(PROTOTYPES);
        List<Tensor> kept = new ArrayList<>();
        for (long c : classes) {
            kept.add(before.slice(1, c, c + 1));
        }
        return memory.with(Params.of(PROTOTYPES, Tensors.cat(kept, 1)));
    }

    /** Class means [tasks, way, width] of features [tasks, n, width]. */
    public static Tensor means(Tensor features, Tensor labels, int way) {
        Tensor membership = labels.oneHot(way, features.dtype()).transpose(1, 2);
        return membership.matmul(features).div(membership.sumKeep(2));
    }

    /** Minus the squared distances [tasks, m, n] of features [tasks, m, width] to others [tasks, n, width]. */
    public static Tensor minusSquaredDistances(Tensor features, Tensor others) {
        Tensor product = features.matmul(others.transpose(1, 2));
        Tensor ofFeatures = features.square().sumKeep(2);
        Tensor ofOthers = others.square().sum(2).unsqueeze(1);
        return product.mul(2).sub(ofFeatures).sub(ofOthers);
    }
}
