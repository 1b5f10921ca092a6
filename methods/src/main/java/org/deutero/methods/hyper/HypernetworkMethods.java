package org.deutero.methods.hyper;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;

/** Hypernetworks as recipes name them. */
public final class HypernetworkMethods {
    /** All weights from a code of the support set. */
    public static final Method HYPERNETWORK = new Method(
            "hypernetwork",
            "Task-conditioned hypernetwork",
            Spectrum.AMORTISED,
            "Ha, Dai, Le 2016, arXiv 1609.09106",
            "an encoder of support sets, and a generator that writes all weights of a network from the code",
            "unroll",
            HypernetworkMethods::learner);

    /** A frozen backbone, modulated. */
    public static final Method CNAPS = new Method(
            "cnaps",
            "CNAPs",
            Spectrum.AMORTISED,
            "Requeima, Gordon, Bronskill, Nowozin, Turner 2019, arXiv 1906.07697",
            "an encoder of support sets, and generators of a linear classifier and of the modulation of a frozen backbone",
            "unroll",
            HypernetworkMethods::cnaps);

    private HypernetworkMethods() {}

    private static Predictor<Episodes> cnaps(Sections s, TaskShape shape) {
        Options o = s.method();
        if (!shape.classification()) {
            throw new OptionsException(
                    o.path("name") + ": this method needs a classification, but tasks are a regression");
        }
        if (!(NetworkOptions.encoder(s.network(), shape) instanceof ConvNet backbone)) {
            throw new OptionsException(s.network().path("type") + ": the backbone that is modulated must be conv4");
        }
        return Cnaps.of(
                backbone,
                o.integer("encoder-filters", 64, 1, 2048, "channels of the network that encodes support sets"),
                o.integer(
                        "backbone-iterations",
                        1000,
                        0,
                        100_000_000,
                        "meta-iterations in which the backbone is trained as a prototypical network, before it is frozen"),
                o.number("scale-penalty", 1e-3, 0, 1e6, "weight of the squared scales of modulations in the loss"),
                DType.FLOAT32);
    }

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        if (shape.objective() == Objective.PULLED_ARM) {
            throw new OptionsException(
                    o.path("name") + ": this method needs a classification or a regression, but tasks are a bandit");
        }
        List<Integer> sizes = new ArrayList<>();
        sizes.add(shape.features() + shape.outputs());
        sizes.addAll(o.integers(
                "encoder-hidden", List.of(64, 64, 64), 1, 100_000, "units of the hidden layers of the set encoder"));
        sizes.add(o.integer("code", 64, 2, 100_000, "numbers that a support set is encoded in"));
        return new Hypernetwork(
                new Mlp(sizes, Activation.RELU, Initializer.XAVIER_UNIFORM),
                new FastNetwork(
                        NetworkOptions.classifier(s.network(), shape),
                        shape.objective(),
                        MamlMethods.Statistics.fromOptions(o)),
                shape.outputs(),
                DType.FLOAT32);
    }
}
