package org.deutero.tensor.nn;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** How weights [out, in, ...] and biases [out] start. */
public enum Initializer {
    /** Weights and biases uniform in +-1/sqrt(fan in): PyTorch's default for linear and convolution layers. */
    FAN_IN_UNIFORM,
    /** Weights uniform in +-sqrt(6/(fan in + fan out)) (Glorot and Bengio 2010), biases 0. */
    XAVIER_UNIFORM,
    /** Weights uniform in +-1.73 sqrt(6/(fan in + fan out)), biases uniform in [0, 0.05): the Omniglot network of aravindr93/imaml_dev. */
    XAVIER_UNIFORM_WIDE,
    /** Weights uniform in +-sqrt(6/fan in) (He, Zhang, Ren, Sun 2015), biases 0: the image network of lmzintgraf/cavia. */
    KAIMING_UNIFORM,
    /** Weights uniform in +-sqrt(3/fan in), so that their variance is 1/fan in (LeCun, Bottou, Orr, Mueller 1998), biases 0. */
    LECUN_UNIFORM,
    /** Weights normal with deviation 0.01, drawn again beyond two deviations, biases 0: the sinusoid network of cbfinn/maml. */
    TRUNCATED_NORMAL,
    /** Weights normal with variance 2/fan out (He, Zhang, Ren, Sun 2015), biases 0: the convolutions of floodsung/LearningToCompare_FSL. */
    NORMAL_FAN_OUT,
    /** Weights normal with deviation 0.01, biases 1: the linear layers of floodsung/LearningToCompare_FSL. */
    SMALL_NORMAL_UNIT_BIAS,
    /** Weights normal with deviation 1/sqrt(fan in), drawn again beyond two deviations, biases 0: the default of Haiku and Sonnet. */
    TRUNCATED_FAN_IN,
    /** Weights and biases normal with deviation 0.01: the perceptrons of google-deepmind/learning-to-learn. */
    SMALL_NORMAL,
    /** Weights normal with deviation 1, biases 0: the head of the Omniglot network of cbfinn/maml. */
    STANDARD_NORMAL,
    /** Weights and biases 0, for a single layer. */
    ZEROS;

    /** Weights of any shape [out, in, ...]. */
    public Tensor weight(RandomGenerator rng, DType dtype, long... shape) {
        int receptive = 1;
        for (int i = 2; i < shape.length; i++) {
            receptive *= (int) shape[i];
        }
        double fanIn = shape[1] * (double) receptive;
        double fanOut = shape[0] * (double) receptive;
        return switch (this) {
            case FAN_IN_UNIFORM -> uniform(rng, 1 / Math.sqrt(fanIn), dtype, shape);
            case XAVIER_UNIFORM -> uniform(rng, Math.sqrt(6 / (fanIn + fanOut)), dtype, shape);
            case XAVIER_UNIFORM_WIDE -> uniform(rng, 1.73 * Math.sqrt(6 / (fanIn + fanOut)), dtype, shape);
            case KAIMING_UNIFORM -> uniform(rng, Math.sqrt(6 / fanIn), dtype, shape);
            case LECUN_UNIFORM -> uniform(rng, Math.sqrt(3 / fanIn), dtype, shape);
            case TRUNCATED_NORMAL ->
                Tensors.truncatedNormal(rng, DType.FLOAT64, shape).mul(0.01).to(dtype);
            case NORMAL_FAN_OUT -> normal(rng, Math.sqrt(2 / fanOut), dtype, shape);
            case SMALL_NORMAL_UNIT_BIAS, SMALL_NORMAL -> normal(rng, 0.01, dtype, shape);
            case STANDARD_NORMAL -> normal(rng, 1, dtype, shape);
            case TRUNCATED_FAN_IN ->
                Tensors.truncatedNormal(rng, DType.FLOAT64, shape)
                        .div(Math.sqrt(fanIn))
                        .to(dtype);
            case ZEROS -> Tensors.zeros(dtype, shape);
        };
    }

    /** A start for biases of a layer with so many inputs, [size]. */
    public Tensor bias(RandomGenerator rng, DType dtype, long fanIn, long size) {
        return switch (this) {
            case FAN_IN_UNIFORM -> uniform(rng, 1 / Math.sqrt((double) fanIn), dtype, size);
            case XAVIER_UNIFORM_WIDE -> Tensors.uniform(rng, 0, 0.05, dtype, size);
            case SMALL_NORMAL_UNIT_BIAS -> Tensors.ones(dtype, size);
            case SMALL_NORMAL -> normal(rng, 0.01, dtype, size);
            case XAVIER_UNIFORM,
                    KAIMING_UNIFORM,
                    LECUN_UNIFORM,
                    TRUNCATED_NORMAL,
                    NORMAL_FAN_OUT,
                    TRUNCATED_FAN_IN,
                    STANDARD_NORMAL,
                    ZEROS -> Tensors.zeros(dtype, size);
        };
    }

    private static Tensor uniform(RandomGenerator rng, double bound, DType dtype, long... shape) {
        return Tensors.uniform(rng, -bound, bound, dtype, shape);
    }

    private static Tensor normal(RandomGenerator rng, double deviation, DType dtype, long... shape) {
        return Tensors.normal(rng, dtype, shape).mul(deviation);
    }
}
