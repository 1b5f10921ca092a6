package org.deutero.methods.hyper;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.methods.metric.Prototypes;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Normalization;

/**
 * Conditional neural adaptive processes (CNAPs; Requeima, Gordon, Bronskill, Nowozin, Turner 2019, arXiv 1906.07697), without the auto-regressive part: a frozen backbone is modulated, and a linear classifier generated, from the support set. The code of the set is the mean over images of a second
 * network's features; see {@link FilmAdapter}. A class has the weights w = nu + M(nu) and the bias m(nu), where nu is the mean adapted feature of its shots and M, m are perceptrons of three layers.
 *
 * <p>The paper's backbone was trained before, on other classes of pictures. Here it is trained first, as a prototypical network, for so many meta-iterations; then it gets no gradient (a meta-optimiser with momentum still moves it a little, for a few iterations), its batch normalisation keeps the running averages, and the rest is trained.
 *
 * <p>theta: {@code backbone}, {@code encoder}, {@code film}, {@code classifier}. Fast state, after one step without any gradient: {@code film} as of {@link FilmAdapter#generate}, {@code weight} [tasks, way, width], {@code bias} [tasks, way].
 *
 * @param backbone without a head
 * @param encoder of images, without a head, for the code; it takes its statistics from the support set
 * @param backboneIterations for which the backbone is trained; afterwards it has no gradient, but a meta-optimiser with momentum still moves it for some updates
 * @param penalty weight of the sum of squares of what scales modulations
 * @param dtype of all numbers
 */
public record Cnaps(ConvNet backbone, ConvNet encoder, int backboneIterations, double penalty, DType dtype)
        implements Servable<Episodes> {
    private static final String BACKBONE = "backbone";
    private static final String ENCODER = "encoder";
    private static final String FILM = "film";
    private static final String CLASSIFIER = "classifier";
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";
    private static final String MOMENTS = "moments";
    private static final String FAST = "fast";
    private static final int LAYERS = 3;

    private FilmAdapter adapter() {
        return new FilmAdapter(encoder.width(), backbone.blocks(), backbone.filters());
    }

    private MetricLearner prototypical() {
        return new MetricLearner(backbone, Prototypes.EUCLIDEAN, QueryStatistics.RUNNING, dtype);
    }

    private boolean first(StepContext context) {
        return context.iteration() < backboneIterations;
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.builder()
                .put(BACKBONE, backbone.init(rng, dtype))
                .put(ENCODER, encoder.init(rng, dtype))
                .put(FILM, adapter().init(rng, dtype))
                .put(CLASSIFIER + "." + WEIGHT, perceptron(rng, backbone.width()))
                .put(CLASSIFIER + "." + BIAS, perceptron(rng, 1))
                .build();
    }

    private Params perceptron(RandomGenerator rng, int outputs) {
        Params.Builder params = Params.builder();
        int width = backbone.width();
        for (int l = 0; l < LAYERS; l++) {
            int out = l + 1 < LAYERS ? width : outputs;
            params.put("l" + l, new Linear(width, out, Initializer.FAN_IN_UNIFORM).init(rng, dtype));
        }
        return params.build();
    }

    private static Tensor perceived(Params own, Tensor x) {
        Tensor h = x;
        for (int l = 0; l < LAYERS; l++) {
            Tensor y = Linear.apply(own.child("l" + l), h);
            h = l + 1 < LAYERS ? Functional.elu(y) : y;
        }
        return h;
    }

    @Override
    public Params statistics() {
        return prototypical().statistics();
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return Params.EMPTY;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (first(context)) {
            return prototypical().step(theta.child(BACKBONE), phi, tasks, context);
        }
        Tensor codes = encoder.features(theta.child(ENCODER), tasks.supportX(), Normalization.batch())
                .mean(1);
        Params film = adapter().generate(theta.child(FILM), codes);
        Tensor features = adapted(theta.child(BACKBONE), film, tasks.supportX(), context.statistics());
        Tensor nu = Prototypes.means(features, tasks.supportY(), tasks.way());
        Params classifier = theta.child(CLASSIFIER);
        return Step.of(Params.builder()
                .put(FILM, film)
                .put(WEIGHT, nu.add(perceived(classifier.child(WEIGHT), nu)))
                .put(BIAS, perceived(classifier.child(BIAS), nu).squeeze(2))
                .build());
    }

    private Tensor adapted(Params frozen, Params film, Tensor x, Params moments) {
        return backbone.features(frozen.detach(), x, Normalization.fixed(moments), FilmAdapter.modulation(film));
    }

    private Tensor logits(Params frozen, Params phi, Tensor x, Params moments) {
        Tensor queries = adapted(frozen, phi.child(FILM), x, moments);
        return queries.matmul(phi.get(WEIGHT).transpose(1, 2)).add(phi.get(BIAS).unsqueeze(1));
    }

    @Override
    public int steps(Episodes tasks) {
        return 1;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (first(context)) {
            return prototypical().metaLoss(theta.child(BACKBONE), phi, tasks, context);
        }
        return Losses.crossEntropy(predict(theta, phi, tasks, context), tasks.queryY())
                .add(adapter().squaredScales(theta.child(FILM)).mul(penalty));
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.isEmpty()) {
            // Before any experience every class is as likely as every other.
            return Tensors.zeros(dtype, tasks.size(), tasks.querySize(), tasks.way());
        }
        return first(context)
                ? prototypical().predict(theta.child(BACKBONE), phi, tasks, context)
                : logits(theta.child(BACKBONE), phi, tasks.queryX(), context.statistics());
    }

    /** The backbone, its running averages under {@code moments}, and the task's modulation and classifier under {@code fast}. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params frozen = theta.child(BACKBONE);
        return Params.builder()
                .put(BACKBONE, context.task().ownTheta() ? frozen.task(0) : frozen)
                .put(MOMENTS, context.statistics())
                .put(FAST, phi.task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Params phi = solution.child(FAST).expand(1);
        return logits(solution.child(BACKBONE), phi, x.unsqueeze(0), solution.child(MOMENTS))
                .squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }

    /** A learner whose encoder has the form of its backbone, with so many filters and the mean over positions for features. */
    static Cnaps of(ConvNet backbone, int filters, int backboneIterations, double penalty, DType dtype) {
        ConvNet encoder = new ConvNet(
                backbone.channels(),
                backbone.size(),
                backbone.blocks(),
                filters,
                backbone.halving(),
                true,
                backbone.activation(),
                ConvNet.Readout.MEAN,
                0,
                backbone.initializer());
        return new Cnaps(backbone, encoder, backboneIterations, penalty, dtype);
    }
}
