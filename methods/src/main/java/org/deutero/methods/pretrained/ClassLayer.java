package org.deutero.methods.pretrained;

import java.util.random.RandomGenerator;
import org.deutero.learn.capability.FrozenNetwork.Readout;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/** The layer from features to classes, over all training classes as over those of a task. */
public enum ClassLayer {
    /** A linear layer: Baseline. */
    LINEAR {
        @Override
        Params init(RandomGenerator rng, DType dtype, int width, int classes) {
            return new Linear(width, classes, Initializer.FAN_IN_UNIFORM).init(rng, dtype);
        }

        @Override
        Tensor logits(Params layer, Tensor features, boolean many) {
            return Linear.apply(layer, features);
        }

        @Override
        Readout frozen(Params layer) {
            return new Readout.Linear(layer.get("weight"), layer.get("bias"));
        }
    },
    /**
     * Cosines with a direction for each class, no bias: Baseline++. score = scale g_n (v_n / |v_n|) . z / (|z| + 1e-5) with scale 2 up to 200 classes and 10 beyond. The learned length g_n of each class, from weight normalisation,
     * is in the released code and not in the paper.
     */
    COSINE {
        @Override
        Params init(RandomGenerator rng, DType dtype, int width, int classes) {
            Tensor directions = Initializer.FAN_IN_UNIFORM.weight(rng, dtype, classes, width);
            return Params.of("direction", directions)
                    .with(Params.of("length", directions.square().sum(1).sqrt()));
        }

        @Override
        Tensor logits(Params layer, Tensor features, boolean many) {
            Tensor v = layer.get("direction");
            Tensor unit = v.div(v.square().sumKeep(-1).sqrt());
            Tensor lengths = layer.get("length");
            Tensor cosines =
                    features.div(features.square().sumKeep(2).sqrt().add(TINY)).matmul(unit.transpose(-2, -1));
            return cosines.mul(lengths.rank() == 1 ? lengths : lengths.unsqueeze(1))
                    .mul(many ? SCALE_OF_MANY : SCALE_OF_FEW);
        }

        @Override
        Readout frozen(Params layer) {
            Tensor v = layer.get("direction");
            double scale = v.size(0) >= MANY ? SCALE_OF_MANY : SCALE_OF_FEW;
            Tensor factors = layer.get("length").unsqueeze(1).mul(scale);
            return new Readout.Cosine(v.div(v.square().sumKeep(-1).sqrt()).mul(factors), TINY);
        }
    };

    /** From how many classes on a cosine layer has the larger scale. */
    static final int MANY = 201;

    private static final double TINY = 1e-5;
    private static final double SCALE_OF_FEW = 2;
    private static final double SCALE_OF_MANY = 10;

    /** Fresh parameters. */
    abstract Params init(RandomGenerator rng, DType dtype, int width, int classes);

    /** The layer of one task, for other programs. */
    abstract Readout frozen(Params layer);

    /**
     * Logits [tasks, n, classes].
     *
     * @param layer parameters, shared or leading with [tasks]
     * @param features [tasks, n, width]
     * @param many whether there are {@link #MANY} classes or more
     */
    abstract Tensor logits(Params layer, Tensor features, boolean many);
}
