package org.deutero.methods.metric;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.BatchNorm;
import org.deutero.tensor.nn.Conv2d;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Normalization;

/**
 * Relation networks (Sung, Yang, Zhang, Xiang, Torr, Hospedales 2018, arXiv 1711.06025): the comparison is learned. A class is the sum or mean of the feature maps of its shots, and a module of two convolutional blocks and two
 * linear layers looks at the maps of a class and a query, one above the other.
 *
 * <p>Logits are the module's outputs before the sigmoid; the loss is the squared error of their sigmoids against the one-hot matrix, or the cross-entropy. Memory: {@code classes} [tasks, way, width]. Features are maps [channels, side, side] in
 * rows, or plain vectors where {@code side} is 0: then the module is its two linear layers.
 *
 * @param channels of the feature maps, or the width of features
 * @param side height and width of the feature maps; 0 for vectors
 * @param hidden units of the first linear layer; 8 as published
 * @param reduction of shots
 * @param loss the meta-loss
 */
public record Relation(int channels, int side, int hidden, Reduction reduction, Loss loss) implements Head {
    private static final String CLASSES = "classes";
    private static final int BLOCKS = 2;
    private static final double EPSILON = 1e-5;

    /** How the shots of a class become one. */
    public enum Reduction {
        /** As in the released code. */
        SUM,
        /** As in later comparisons; shots may differ in number without changing the scale. */
        MEAN
    }

    /** The meta-loss. */
    public enum Loss {
        /** Mean squared error of scores, as published. */
        SQUARED_ERROR,
        /** Softmax cross-entropy. */
        CROSS_ENTROPY
    }

    private boolean maps() {
        return side > 0;
    }

    private Conv2d conv(int block) {
        return new Conv2d(block == 0 ? 2 * channels : channels, channels, 3, 1, 1, Initializer.NORMAL_FAN_OUT);
    }

    private BatchNorm norm() {
        return new BatchNorm(channels, true, EPSILON);
    }

    private int width() {
        int left = side;
        for (int i = 0; i < BLOCKS; i++) {
            left = halved(left);
        }
        return maps() ? channels * left * left : 2 * channels;
    }

    /** Maps of a single position stay as they are. */
    private static int halved(long side) {
        return (int) (side < 2 ? side : side / 2);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; maps() && i < BLOCKS; i++) {
            params.put("conv" + i, conv(i).init(rng, dtype));
            params.put("norm" + i, norm().init(dtype));
        }
        return params.put("fc0", new Linear(width(), hidden, Initializer.SMALL_NORMAL_UNIT_BIAS).init(rng, dtype))
                .put("fc1", new Linear(hidden, 1, Initializer.SMALL_NORMAL_UNIT_BIAS).init(rng, dtype))
                .build();
    }

    @Override
    public Params initialMoments(DType dtype) {
        return BatchNorm.initialMoments(maps() ? BLOCKS : 0, channels, dtype);
    }

    @Override
    public Params memory(Params own, Tensor support, Tensor labels, int way) {
        Tensor membership = labels.oneHot(way, support.dtype()).transpose(1, 2);
        Tensor sums = membership.matmul(support);
        return Params.of(CLASSES, reduction == Reduction.SUM ? sums : sums.div(membership.sumKeep(2)));
    }

    @Override
    public Tensor logits(Params own, Params memory, Tensor queries, Normalization normalization) {
        Tensor classes = memory.get(CLASSES);
        long tasks = queries.size(0);
        long n = queries.size(1);
        long way = classes.size(1);
        long width = queries.size(2);
        Tensor ofClasses = classes.unsqueeze(1).expand(tasks, n, way, width);
        Tensor ofQueries = queries.unsqueeze(2).expand(tasks, n, way, width);
        Tensor pairs = maps()
                ? Tensors.cat(List.of(image(ofClasses, tasks, n * way), image(ofQueries, tasks, n * way)), 2)
                : Tensors.cat(List.of(ofClasses, ofQueries), 3).reshape(tasks, n * way, 2 * width);
        Tensor h = maps() ? blocks(own, pairs, normalization) : pairs;
        Tensor hidden = Linear.apply(own.child("fc0"), h).relu();
        return Linear.apply(own.child("fc1"), hidden).reshape(tasks, n, way);
    }

    private Tensor image(Tensor features, long tasks, long pairs) {
        return features.reshape(tasks, pairs, channels, side, side);
    }

    private Tensor blocks(Params own, Tensor pairs, Normalization normalization) {
        Tensor h = pairs;
        for (int i = 0; i < BLOCKS; i++) {
            h = conv(i).apply(own.child("conv" + i), h);
            h = norm().apply("norm" + i, own.child("norm" + i), h, normalization);
            h = pooled(h).relu();
        }
        return h.flatten(2);
    }

    /** Max-pooling, which commutes with the non-linearity. */
    private static Tensor pooled(Tensor maps) {
        if (halved(maps.size(3)) == maps.size(3)) {
            return maps;
        }
        Tensor halved = Functional.maxPool2d(
                maps.reshape(maps.size(0) * maps.size(1), maps.size(2), maps.size(3), maps.size(4)), 2);
        return halved.reshape(maps.size(0), maps.size(1), maps.size(2), halved.size(2), halved.size(3));
    }

    @Override
    public Tensor losses(Tensor logits, Tensor labels) {
        return loss == Loss.CROSS_ENTROPY
                ? Losses.crossEntropy(logits, labels)
                : logits.sigmoid()
                        .sub(labels.oneHot(logits.size(2), logits.dtype()))
                        .square()
                        .mean(1, 2);
    }
}
