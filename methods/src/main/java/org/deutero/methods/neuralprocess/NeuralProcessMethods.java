package org.deutero.methods.neuralprocess;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.Spectrum;
import org.deutero.methods.memorization.Bottleneck;
import org.deutero.methods.memorization.BottleneckOptions;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.methods.neuralprocess.NeuralProcess.Targets;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.attention.MultiHeadAttention;

/** Neural processes as recipes name them. */
public final class NeuralProcessMethods {
    /** Without a latent variable; also a classifier. */
    public static final Method CNP = new Method(
            "cnp",
            "Conditional Neural Process",
            Spectrum.AMORTISED,
            "Garnelo et al. 2018, arXiv 1807.01613",
            "an encoder whose mean over points stands for a function, and a decoder to a normal distribution for each input",
            "unroll",
            (s, shape) -> shape.classification() ? classifier(s, shape) : conditional(s, shape));

    /** Without a latent variable, behind an information bottleneck. */
    public static final Method MR_CNP = new Method(
            "mr-cnp",
            "Meta-Regularised Conditional Neural Process",
            Spectrum.AMORTISED,
            "Yin, Tucker, Zhou, Levine, Finn 2020, arXiv 1912.03820",
            "a conditional neural process whose encoder of inputs is charged for what it memorises",
            "unroll",
            NeuralProcessMethods::regularised);

    /** With a latent variable. */
    public static final Method NP = new Method(
            "np",
            "Neural Process",
            Spectrum.AMORTISED,
            "Garnelo et al. 2018, arXiv 1807.01622",
            "encoders and a decoder with a latent variable that stands for the whole function",
            "unroll",
            (s, shape) -> latent(s.method(), shape, false));

    /** With a latent variable and attention. */
    public static final Method ANP = new Method(
            "anp",
            "Attentive Neural Process",
            Spectrum.AMORTISED,
            "Kim et al. 2019, arXiv 1901.05761",
            "a neural process in which each input attends to the points that matter for it",
            "unroll",
            (s, shape) -> latent(s.method(), shape, true));

    private enum Name {
        UNIFORM,
        LAPLACE,
        DOT,
        MULTIHEAD
    }

    private NeuralProcessMethods() {}

    /** Pictures pass an encoder first; numbers are looked at as they are. */
    private static Predictor<Episodes> conditional(Sections s, TaskShape shape) {
        Networks networks = Networks.of(s.method(), shape);
        if (!shape.areImages()) {
            return conditional(s.method(), networks, Bottleneck.none(new Identity(), shape.features()), 0);
        }
        int width = code(s.method(), 64);
        Bottleneck encoder = Bottleneck.none(NetworkOptions.embedding(s.network(), shape, width), width);
        return conditional(s.method(), networks.of(width), encoder, 0);
    }

    private static Predictor<Episodes> regularised(Sections s, TaskShape shape) {
        Networks networks = Networks.of(s.method(), shape);
        int width = code(s.method(), shape.areImages() ? 64 : 5);
        return conditional(
                s.method(),
                networks.of(width),
                BottleneckOptions.of(s.method(), s.network(), shape, width),
                BottleneckOptions.beta(s.method()));
    }

    private static int code(Options o, int standard) {
        return o.integer("code", standard, 1, 100_000, "numbers in a code, what the encoder of inputs makes of one");
    }

    private static Predictor<Episodes> conditional(Options o, Networks networks, Bottleneck inputs, double beta) {
        DeterministicPath path = new DeterministicPath(networks.encoder(), Optional.empty());
        return new NeuralProcess(
                Optional.of(path),
                Optional.empty(),
                networks.decoder(networks.width()),
                inputs,
                beta,
                targets(o),
                1,
                DType.FLOAT32);
    }

    private static Predictor<Episodes> latent(Options o, TaskShape shape, boolean attentive) {
        Networks networks = Networks.of(o, shape);
        int size = o.integer("latent", networks.width(), 1, 100_000, "components of the latent variable z");
        boolean both = attentive
                || o.flag("deterministic-path", false, "whether a representation stands beside the latent variable");
        Optional<DeterministicPath> path = both
                ? Optional.of(new DeterministicPath(
                        networks.encoder(), attentive ? Optional.of(attention(o, networks)) : Optional.empty()))
                : Optional.empty();
        return new NeuralProcess(
                path,
                Optional.of(new LatentPath(networks.encoder(), networks.width(), size)),
                networks.decoder((both ? networks.width() : 0) + size),
                targets(o),
                o.integer("samples", 16, 1, 10_000, "samples of z when the learner is used"),
                DType.FLOAT32);
    }

    private static CrossAttention attention(Options o, Networks networks) {
        int width = networks.width();
        Kernel kernel = switch (o.choice("attention", Name.MULTIHEAD, "how inputs read the points of the context")) {
            case UNIFORM -> new Kernel.Uniform();
            case LAPLACE -> new Kernel.Laplace(o.positive("scale", 1, "of the Laplace kernel"));
            case DOT -> new Kernel.Dot();
            case MULTIHEAD -> heads(o, width, o.integer("heads", 8, 1, 1000, "attention heads; a divisor of width"));
        };
        return new CrossAttention(networks.embedding(), kernel);
    }

    private static Kernel heads(Options o, int width, int heads) {
        try {
            return new Kernel.MultiHead(new MultiHeadAttention(width, width, heads));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("heads") + ": " + e.getMessage());
        }
    }

    private static Targets targets(Options o) {
        return o.choice(
                "targets",
                Targets.QUERIES,
                "what is judged in meta-training: queries, or all, the support set too, for tasks whose queries leave it out");
    }

    private static Predictor<Episodes> classifier(Sections s, TaskShape shape) {
        Options o = s.method();
        int width = o.integer("width", 64, 1, 100_000, "numbers in the representation of a class");
        List<Integer> sizes = new ArrayList<>();
        sizes.add(Math.multiplyExact(width, shape.outputs() + 1));
        sizes.addAll(o.integers("decoder", List.of(128, 128), 1, 100_000, "units of the decoder's hidden layers"));
        sizes.add(shape.outputs());
        return new MetricLearner(
                NetworkOptions.embedding(s.network(), shape, width),
                new ConditionalHead(new Mlp(sizes, Activation.RELU, Initializer.XAVIER_UNIFORM), shape.outputs()),
                o.choice(
                        "query-statistics",
                        QueryStatistics.RUNNING,
                        "batch normalisation when the learner is used: running averages, the support set, or batch (transductive)"),
                DType.FLOAT32);
    }

    /**
     * Perceptrons of one width, as in the notebooks of deepmind/neural-processes.
     *
     * @param inputs numbers of an input
     * @param outputs numbers of an output
     * @param width units of every layer, and numbers in a representation
     * @param encoderLayers layers of an encoder
     * @param decoderLayers layers of the decoder
     */
    private record Networks(int inputs, int outputs, int width, int encoderLayers, int decoderLayers) {
        static Networks of(Options o, TaskShape shape) {
            if (shape.objective() != Objective.SQUARED_ERROR) {
                throw new OptionsException(o.path("name")
                        + ": this neural process encodes numbers as outputs of a function, but tasks are " + shape);
            }
            return new Networks(
                    shape.features(),
                    shape.outputs(),
                    o.integer("width", 128, 1, 100_000, "units of every layer, and numbers in a representation"),
                    o.integer("encoder-layers", 4, 1, 100, "layers of an encoder, the last of them linear"),
                    o.integer("decoder-layers", 3, 1, 100, "layers of the decoder, the last of them linear"));
        }

        /** The same networks for inputs of another width. */
        Networks of(int width) {
            return new Networks(width, outputs, this.width, encoderLayers, decoderLayers);
        }

        Mlp encoder() {
            return mlp(inputs + outputs, encoderLayers, width);
        }

        Mlp embedding() {
            return mlp(inputs, 2, width);
        }

        GaussianDecoder decoder(int known) {
            return new GaussianDecoder(mlp(known + inputs, decoderLayers, 2 * outputs));
        }

        private Mlp mlp(int in, int layers, int out) {
            List<Integer> sizes = new ArrayList<>(List.of(in));
            sizes.addAll(Collections.nCopies(layers - 1, width));
            sizes.add(out);
            return new Mlp(sizes, Activation.RELU, Initializer.XAVIER_UNIFORM);
        }
    }
}
