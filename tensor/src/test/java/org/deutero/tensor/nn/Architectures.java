package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.attention.Attention;
import org.deutero.tensor.nn.attention.CausalAttention;
import org.deutero.tensor.nn.attention.CausalLayer;
import org.deutero.tensor.nn.attention.CausalStack;
import org.deutero.tensor.nn.attention.MultiHeadAttention;
import org.deutero.tensor.nn.attention.Transformer;
import org.deutero.tensor.nn.recurrent.Gru;
import org.deutero.tensor.nn.recurrent.HyperLstm;
import org.deutero.tensor.nn.recurrent.Lstm;

/** Every layer and network in small, with parameters that are far from their neutral start. */
final class Architectures {
    static final int TASKS = 3;
    static final int EXAMPLES = 4;

    private Architectures() {}

    /**
     * One of them.
     *
     * @param params shared parameters
     * @param x [tasks, n, features...]
     */
    record Case(String name, Params params, Tensor x, BiFunction<Params, Tensor, Tensor> function) {
        Tensor apply(Params p, Tensor input) {
            return function.apply(p, input);
        }
    }

    static List<Case> all() {
        List<Case> cases = new ArrayList<>(layers());
        for (Network network : networks()) {
            Tensor x = input(network);
            Params params = disturbed(network.init(new SplittableRandom(1), DType.FLOAT64));
            cases.add(new Case(network.toString(), params, x, network::apply));
            Params moments = network.initialMoments(DType.FLOAT64);
            if (!moments.isEmpty()) {
                Params shared = moments.addScaled(Near.normalLike(7, moments).map(Tensor::tanh), 0.2);
                cases.add(new Case(
                        network + " with running statistics",
                        params,
                        x,
                        (p, input) -> network.apply(p, input, Normalization.fixed(shared))));
                Params own = moments.expand(TASKS)
                        .addScaled(Near.normalLike(8, moments.expand(TASKS)).map(Tensor::tanh), 0.2);
                cases.add(new Case(
                        network + " with statistics of each task",
                        params,
                        x,
                        (p, input) -> network.apply(p, input, Normalization.fixed(own))));
            }
        }
        return cases;
    }

    private static Tensor input(Network network) {
        if (network instanceof ConvNet net) {
            return Near.normal(2, TASKS, EXAMPLES, net.channels(), net.size(), net.size());
        }
        if (network instanceof LeNet net) {
            return Near.normal(2, TASKS, EXAMPLES, net.channels(), net.size(), net.size());
        }
        if (network instanceof WideKernelNet net) {
            return Near.normal(2, TASKS, EXAMPLES, net.channels(), net.size(), net.size());
        }
        return network instanceof RelationConvNet net
                ? Near.normal(2, TASKS, EXAMPLES, net.channels(), net.size(), net.size())
                : Near.normal(2, TASKS, EXAMPLES, 5);
    }

    static List<Case> layers() {
        SplittableRandom rng = new SplittableRandom(1);
        Initializer uniform = Initializer.FAN_IN_UNIFORM;
        Conv2d conv = new Conv2d(2, 3, 3, 1, 1, uniform);
        Conv2d strided = new Conv2d(2, 3, 3, 2, 1, uniform);
        Tensor images = Near.normal(3, TASKS, EXAMPLES, 2, 5, 5);
        Tensor vectors = Near.normal(4, TASKS, EXAMPLES, 5);
        BatchNorm scaled = new BatchNorm(2, true, 1e-5);
        BatchNorm shifted = new BatchNorm(2, false, 1e-5);
        LayerNorm norm = new LayerNorm(5, 1e-5);
        Lstm lstm = new Lstm(5, 3, uniform, 1);
        Gru gru = new Gru(5, 3, uniform);
        MultiHeadAttention heads = new MultiHeadAttention(5, 6, 2);
        Tensor values = Near.normal(9, TASKS, EXAMPLES, 6);
        CausalStack causal = causal();
        Transformer transformer = new Transformer(5, 3, 4, 2, 2, 3, 6, EXAMPLES, 0.1, Activation.GELU_TANH, 1e-5);
        return List.of(
                new Case("lstm", lstm.init(rng, DType.FLOAT64), vectors, Lstm::sequence),
                new Case("reversed lstm", lstm.init(rng, DType.FLOAT64), vectors, Lstm::reversed),
                new Case("gru", gru.init(rng, DType.FLOAT64), vectors, Gru::sequence),
                new Case(
                        "multi-head attention",
                        heads.init(rng, DType.FLOAT64),
                        vectors,
                        (p, x) -> heads.apply(p, x, x, values)),
                new Case(
                        "hyper lstm",
                        disturbed(new HyperLstm(5, 3, 4, 2).init(rng, DType.FLOAT64)),
                        vectors,
                        Architectures::twoMoments),
                new Case("causal layers", causal.init(rng, DType.FLOAT64), vectors, causal::sequence),
                new Case(
                        "next of causal layers",
                        causal.init(rng, DType.FLOAT64),
                        vectors,
                        (p, x) -> causal.next(p, x.mul(0.5), x)),
                new Case(
                        "transformer",
                        disturbed(transformer.init(rng, DType.FLOAT64)),
                        vectors,
                        (p, x) -> transformer.sequence(p, x)),
                new Case(
                        "next of transformer",
                        disturbed(transformer.init(rng, DType.FLOAT64)),
                        vectors,
                        (p, x) -> transformer.alternatives(
                                p,
                                false,
                                transformer.run(p, x.slice(1, 0, EXAMPLES - 1)).state(),
                                x)),
                attention("dot-product attention", vectors, x -> Attention.dotProduct(x, x)),
                attention("cosine attention", vectors, x -> Attention.cosine(x, x, 1e-6)),
                attention("laplace attention", vectors, x -> Attention.laplace(x, x.mul(0.5), 0.7)),
                attention("causal attention", vectors, x -> Attention.causal(Attention.dotProduct(x, x))),
                new Case("linear", new Linear(5, 2, uniform).init(rng, DType.FLOAT64), vectors, Linear::apply),
                new Case("convolution", conv.init(rng, DType.FLOAT64), images, conv::apply),
                new Case("strided convolution", strided.init(rng, DType.FLOAT64), images, strided::apply),
                new Case(
                        "batch norm",
                        disturbed(scaled.init(DType.FLOAT64)),
                        images,
                        (p, x) -> scaled.apply("norm", p, x, Normalization.batch())),
                new Case(
                        "batch norm without factor",
                        disturbed(shifted.init(DType.FLOAT64)),
                        images,
                        (p, x) -> shifted.apply("norm", p, x, Normalization.batch())),
                new Case("layer norm", disturbed(norm.init(DType.FLOAT64)), vectors, norm::apply));
    }

    /** A second moment, so that recurrent weights matter. */
    private static Tensor twoMoments(Params params, Tensor x) {
        HyperLstm cell = new HyperLstm(5, 3, 4, 2);
        HyperLstm.State first = cell.step(params, x, cell.start(DType.FLOAT64, x.size(0), x.size(1)));
        return cell.step(params, x, first).main().h();
    }

    /** Attention, then two convolutions. */
    static CausalStack causal() {
        CausalLayer attention = new CausalAttention(5, 3, 2, Initializer.FAN_IN_UNIFORM);
        return new CausalStack(List.of(
                attention, CausalStack.temporalConvolution(attention.out(), 2, 4, 1, Initializer.FAN_IN_UNIFORM)));
    }

    /** Attention of a layer's outputs among themselves. */
    private static Case attention(String name, Tensor x, UnaryOperator<Tensor> scores) {
        Params layer = new Linear(5, 3, Initializer.FAN_IN_UNIFORM).init(new SplittableRandom(2), DType.FLOAT64);
        return new Case(name, layer, x, (p, input) -> {
            Tensor y = Linear.apply(p, input);
            return Attention.read(scores.apply(y), y);
        });
    }

    static List<Network> networks() {
        List<Network> networks = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            networks.add(new Mlp(List.of(5, 4, 3), activation, Initializer.FAN_IN_UNIFORM));
        }
        networks.add(new NormalizedMlp(new Mlp(List.of(5, 4, 3, 2), Activation.TANH, Initializer.FAN_IN_UNIFORM)));
        for (ConvNet.Halving halving : ConvNet.Halving.values()) {
            for (ConvNet.Readout readout : ConvNet.Readout.values()) {
                for (boolean scale : new boolean[] {true, false}) {
                    for (int outputs : new int[] {0, 2}) {
                        networks.add(convNet(halving, readout, scale, outputs));
                    }
                }
            }
        }
        networks.add(new RelationConvNet(2, 11, 2));
        networks.add(new WideKernelNet(2, 6, 2, 0, 3, Initializer.FAN_IN_UNIFORM));
        networks.add(new WideKernelNet(2, 6, 2, 3, 0, Initializer.FAN_IN_UNIFORM));
        networks.add(new LeNet(2, 13, 3, Initializer.FAN_IN_UNIFORM));
        networks.add(new Headless(new Mlp(List.of(5, 4, 3), Activation.TANH, Initializer.FAN_IN_UNIFORM)));
        // One channel, as in Omniglot, and so wide that pooling drops a row in each block.
        networks.add(new ConvNet(
                1,
                7,
                2,
                2,
                ConvNet.Halving.MAX_POOL,
                true,
                Activation.TANH,
                ConvNet.Readout.FLATTEN,
                2,
                Initializer.XAVIER_UNIFORM));
        return networks;
    }

    static ConvNet convNet(ConvNet.Halving halving, ConvNet.Readout readout, boolean scale, int outputs) {
        return new ConvNet(2, 9, 2, 3, halving, scale, Activation.RELU, readout, outputs, Initializer.FAN_IN_UNIFORM);
    }

    /** Ones and zeros moved, so that a forgotten factor or shift shows. */
    static Params disturbed(Params params) {
        return params.addScaled(Near.normalLike(5, params), 0.3);
    }
}
