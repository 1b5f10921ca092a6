package org.deutero.methods.metanet;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Initializer;

/** Meta networks as recipes name them. */
public final class MetaNetMethods {
    /** Meta networks. */
    public static final Method METANET = new Method(
            "metanet",
            "Meta Networks",
            Spectrum.MEMORY,
            "Munkhdalai, Yu 2017, arXiv 1703.00837",
            "networks that turn gradients of single examples into fast weights, kept in a memory that queries read by content",
            "unroll",
            MetaNetMethods::learner);

    private MetaNetMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        if (!shape.classification()) {
            throw new OptionsException("method metanet needs tasks with classes, but these are " + shape);
        }
        Initializer initializer =
                s.network().choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights and generators start");
        return new MetaNetwork(
                network(s.network(), shape, initializer),
                new FastWeightGenerator(
                        o.integer("generator-units", 20, 1, 100_000, "units of the networks that make fast weights"),
                        initializer),
                o.integer("chunks", 5, 1, 100_000, "parts of the support set that the embedding's generator is shown"),
                o.flag("shuffle", true, "whether it is shown them in random order"),
                o.flag("fast-embedding", true, "whether the embedding has fast weights; false is MetaNet-"),
                o.flag("memory", true, "whether the base learner has fast weights; false shows what they are worth"),
                o.flag(
                        "differentiate-through-meta-information",
                        false,
                        "whether support gradients are differentiated; they are constants in the released code"),
                DType.FLOAT32);
    }

    private static Augmented network(Options o, TaskShape shape, Initializer initializer) {
        int filters = o.integer(
                "filters", 0, 0, 2048, "channels of blocks of convolution before the dense layers; 0 for a perceptron");
        if (filters > 0 && !shape.areImages()) {
            throw new OptionsException("network.filters " + filters + " needs images, but these are " + shape);
        }
        if (filters > 0) {
            return new AugmentedConvNet(
                    shape.input().get(0).intValue(),
                    shape.input().get(1).intValue(),
                    o.integer("blocks", 5, 1, 8, "blocks of convolution"),
                    filters,
                    o.integer("width", 64, 1, 100_000, "units of the hidden layer, whose input to ReLU are keys"),
                    shape.outputs(),
                    initializer);
        }
        List<Integer> sizes = new ArrayList<>();
        sizes.add(shape.features());
        sizes.addAll(o.integers("hidden", List.of(64, 64), 1, 100_000, "units of the hidden layers"));
        sizes.add(shape.outputs());
        return new AugmentedNetwork(sizes, initializer);
    }
}
