package org.deutero.onnx;

import java.util.Locale;
import java.util.Map;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.FrozenNetwork.Readout;
import org.deutero.tasks.DataException;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.LeNet;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.NormalizedMlp;
import org.deutero.tensor.nn.PooledConvNet;
import org.deutero.tensor.nn.StridedConvNet;

/** The operations of a frozen network, in the words of ONNX. */
final class NetworkGraph {
    private static final double EPSILON = 1e-5;
    private static final double LEAK = 0.01;

    private final GraphWriter graph;
    private final Params weights;
    private final Params moments;

    private NetworkGraph(GraphWriter graph, FrozenNetwork frozen) {
        this.graph = graph;
        this.weights = frozen.weights();
        this.moments = frozen.moments();
    }

    /**
     * Adds the network.
     *
     * @param x name of the inputs [n, channels, height, width]
     * @return name of the logits [n, outputs]
     * @throws DataException if this architecture has no translation
     */
    static String add(GraphWriter graph, FrozenNetwork frozen, String x) {
        NetworkGraph translation = new NetworkGraph(graph, frozen);
        String z = translation.features(frozen.network(), x);
        return translation.readout(frozen.readout(), frozen.network(), z);
    }

    private String features(Network network, String x) {
        if (network instanceof Headless whole) {
            return head(whole.whole(), features(whole.whole(), x));
        }
        if (network instanceof Identity) {
            return flat(x);
        }
        if (network instanceof ConvNet net) {
            return convolutions(net, x);
        }
        if (network instanceof StridedConvNet net) {
            String h = x;
            for (int i = 0; i < net.blocks(); i++) {
                h = activation(net.activation(), conv("conv" + i, h, 2, 0));
            }
            return flat(h);
        }
        if (network instanceof PooledConvNet net) {
            String h = x;
            for (int i = 0; i < net.filters().size(); i++) {
                h = graph.node("Relu", pooled(conv("conv" + i, h, 1, 1)));
            }
            h = flat(h);
            for (int i = 0; i < net.hidden().size(); i++) {
                h = graph.node("Relu", linear("l" + i, h));
            }
            return h;
        }
        if (network instanceof LeNet) {
            String h = pooled(graph.node("Relu", conv("conv0", x, 1, 2)));
            h = flat(pooled(graph.node("Relu", conv("conv1", h, 1, 0))));
            return graph.node("Relu", linear("fc1", graph.node("Relu", linear("fc0", h))));
        }
        if (network instanceof Mlp mlp) {
            return perceptron(mlp, false, x);
        }
        if (network instanceof NormalizedMlp mlp) {
            return perceptron(mlp.plain(), true, x);
        }
        throw new DataException("networks of the type " + network.getClass().getSimpleName()
                + " cannot be written as ONNX yet; conv4, strided, pooled, lenet, mlp and identity can");
    }

    private String convolutions(ConvNet net, String x) {
        boolean pooled = net.halving() == ConvNet.Halving.MAX_POOL;
        String h = x;
        for (int i = 0; i < net.blocks(); i++) {
            h = norm("norm" + i, conv("conv" + i, h, pooled ? 1 : 2, 1));
            h = activation(net.activation(), h);
            h = pooled ? pooled(h) : h;
        }
        return flat(net.readout() == ConvNet.Readout.MEAN ? graph.node("GlobalAveragePool", h) : h);
    }

    private String perceptron(Mlp mlp, boolean normalized, String x) {
        String h = flat(x);
        for (int i = 0; i + 2 < mlp.sizes().size(); i++) {
            h = linear("l" + i, h);
            h = activation(mlp.activation(), normalized ? norm("norm" + i, h) : h);
        }
        return h;
    }

    private String head(Network network, String z) {
        String name = network.headLayer() + ".weight";
        return weights.has(name) ? linear(network.headLayer(), z) : z;
    }

    private String readout(Readout readout, Network network, String z) {
        if (readout instanceof Readout.Head) {
            return head(network, z);
        }
        if (readout instanceof Readout.Linear linear) {
            return linear(linear.weight(), linear.bias(), z);
        }
        if (readout instanceof Readout.NearestMean nearest) {
            Tensor means = nearest.means();
            String difference = graph.node(
                    "Sub",
                    graph.node("Unsqueeze", z, graph.integers(1)),
                    graph.constant(floats(means), 1, means.size(0), means.size(1)));
            String squares = graph.node("Mul", difference, difference);
            return graph.node("Neg", graph.node("ReduceSum", Map.of("keepdims", 0L), squares, graph.integers(2)));
        }
        Readout.Cosine cosine = (Readout.Cosine) readout;
        String length = graph.node("ReduceL2", Map.of("axes", new long[] {1}), z);
        String unit = graph.node("Div", z, graph.node("Add", length, graph.constant(cosine.tiny())));
        Tensor directions = cosine.directions();
        return graph.node(
                "MatMul",
                unit,
                graph.node("Transpose", graph.constant(floats(directions), directions.size(0), directions.size(1))));
    }

    private String flat(String x) {
        return graph.node("Flatten", x);
    }

    private String pooled(String x) {
        return graph.node("MaxPool", Map.of("kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2}), x);
    }

    private String conv(String layer, String x, long stride, long padding) {
        Tensor weight = weights.get(layer + ".weight");
        return graph.node(
                "Conv",
                Map.of(
                        "strides", new long[] {stride, stride},
                        "pads", new long[] {padding, padding, padding, padding}),
                x,
                constant(weight),
                constant(weights.get(layer + ".bias")));
    }

    private String linear(String layer, String x) {
        return linear(weights.get(layer + ".weight"), weights.get(layer + ".bias"), x);
    }

    private String linear(Tensor weight, Tensor bias, String x) {
        return graph.node("Gemm", Map.of("transB", 1L), x, constant(weight), constant(bias));
    }

    private String norm(String layer, String x) {
        Tensor mean = moments.get(layer + ".mean");
        String scale = layer + ".weight";
        float[] ones = new float[(int) mean.size(0)];
        java.util.Arrays.fill(ones, 1);
        return graph.node(
                "BatchNormalization",
                Map.of("epsilon", EPSILON),
                x,
                weights.has(scale) ? constant(weights.get(scale)) : graph.constant(ones, ones.length),
                constant(weights.get(layer + ".bias")),
                constant(mean),
                constant(moments.get(layer + ".variance")));
    }

    private String activation(Activation activation, String x) {
        return switch (activation) {
            case RELU -> graph.node("Relu", x);
            case LEAKY_RELU -> graph.node("LeakyRelu", Map.of("alpha", LEAK), x);
            case TANH -> graph.node("Tanh", x);
            case SOFTPLUS -> graph.node("Softplus", x);
            case SIGMOID -> graph.node("Sigmoid", x);
            case GELU -> gated(x, graph.node("Erf", graph.node("Mul", x, graph.constant(Math.sqrt(0.5)))));
            case GELU_TANH ->
                throw new DataException("the activation "
                        + activation.name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + " cannot be written as ONNX yet");
        };
    }

    /** x (1 + gate) / 2. */
    private String gated(String x, String gate) {
        String half = graph.node("Mul", x, graph.constant(0.5));
        return graph.node("Mul", half, graph.node("Add", gate, graph.constant(1)));
    }

    private String constant(Tensor tensor) {
        return graph.constant(floats(tensor), tensor.shape());
    }

    private static float[] floats(Tensor tensor) {
        return tensor.to(DType.FLOAT32).floats();
    }
}
