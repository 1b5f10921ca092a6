package org.deutero.methods;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.deutero.methods.network.FeatureMaps;
import org.deutero.methods.network.MlpOptions;
import org.deutero.options.Options;
import org.deutero.options.Registry;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.nn.StridedConvNet;
import org.deutero.tensor.nn.WideKernelNet;

/** The {@code network} section of a recipe. */
public final class NetworkOptions {
    private NetworkOptions() {}

    /** A network that ends in one output a class or number. */
    public static Network classifier(Options o, TaskShape shape) {
        return network(o, shape, shape.outputs(), shape.areImages() ? BuiltInNetworks.CONV4 : BuiltInNetworks.MLP);
    }

    /** The same, but a perceptron even for images, unless the recipe says otherwise. */
    public static Network perceptron(Options o, TaskShape shape) {
        return network(o, shape, shape.outputs(), BuiltInNetworks.MLP);
    }

    /** An encoder that ends in a linear layer of so many numbers. */
    public static Network embedding(Options o, TaskShape shape, int width) {
        return new Headless(network(o, shape, width, shape.areImages() ? BuiltInNetworks.CONV4 : BuiltInNetworks.MLP));
    }

    /** A network without a head; the last hidden layer of a perceptron is linear then. */
    public static Network encoder(Options o, TaskShape shape) {
        return network(o, shape, 0, shape.areImages() ? BuiltInNetworks.CONV4 : BuiltInNetworks.MLP);
    }

    /** A network without a head that hands inputs on unless the recipe says otherwise. */
    public static Network untrainedEncoder(Options o, TaskShape shape) {
        return network(o, shape, 0, BuiltInNetworks.IDENTITY);
    }

    /** A network without a head for learners that look at feature maps: that of relation networks for images, a perceptron for vectors. */
    public static FeatureMaps maps(Options o, TaskShape shape) {
        Registry<NamedMaps> known =
                Registry.of("network with feature maps", NetworkProvider.class, NetworkProvider::maps, NamedMaps::name);
        String type = o.choice(
                "type",
                shape.areImages() ? BuiltInNetworks.RELATION : BuiltInNetworks.MLP,
                known.names(),
                "architecture: relation, conv4 or resnet10 for images, mlp for anything");
        return known.named(type).orElseThrow().builder().build(o, shape);
    }

    /** The width of an encoder's features. */
    public static int width(Network encoder, TaskShape shape) {
        if (encoder instanceof ConvNet net) {
            return net.width();
        }
        if (encoder instanceof StridedConvNet net) {
            return net.width();
        }
        if (encoder instanceof WideKernelNet net) {
            return net.width();
        }
        if (encoder instanceof Headless whole && MlpOptions.width(whole).isPresent()) {
            return MlpOptions.width(whole).getAsInt();
        }
        return encoder instanceof Identity ? shape.features() : measured(encoder, shape);
    }

    /** The width of the features of one input, for a network that is not known here. */
    @SuppressWarnings("try") // the scope works by being open
    private static int measured(Network encoder, TaskShape shape) {
        try (Scope s = Scope.open()) {
            long[] one = LongStream.concat(
                            LongStream.of(1, 1), shape.input().stream().mapToLong(Long::longValue))
                    .toArray();
            Params params = encoder.init(new SplittableRandom(0), DType.FLOAT32);
            return (int) encoder.features(params, Tensors.zeros(DType.FLOAT32, one), Normalization.batch())
                    .size(2);
        }
    }

    private static Network network(Options o, TaskShape shape, int outputs, String standard) {
        Registry<NamedNetwork> known =
                Registry.of("network", NetworkProvider.class, NetworkProvider::networks, NamedNetwork::name);
        String type = o.choice(
                "type",
                standard,
                known.names(),
                "architecture: conv4, strided, wide-kernel or lenet for images, mlp for anything, identity for none");
        return known.named(type).orElseThrow().builder().build(o, shape, outputs);
    }
}
