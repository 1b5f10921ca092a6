package org.deutero.methods.plastic;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * A network whose last layer is plastic (Miconi, Stanley, Clune 2018, arXiv 1804.02464, section 4.4): logits are f (w + alpha o H) for features f. A support item is one step: its label clamps the output, y = softmax(logits + clamp
 * onehot), and the trace H follows f and y. Queries are answered with H as it is then.
 *
 * <p>Meta-parameters: those of the network, its head without a bias, and {@code alpha} [width, way], {@code eta} [1]. Features of the support set are made once, in {@link #begin}: {@code features} [tasks, n, width] in the fast state,
 * beside {@code trace} [tasks, width, way], and {@code moments} of networks with batch normalisation, which queries are normalised by.
 *
 * @param network whose last layer is plastic
 * @param rule of the trace
 * @param plastic whether it is; if not, alpha is 0 and nothing is ever learned of a task
 * @param clamp added to the logit of the true class while it is shown, 1000 in print
 * @param loss on queries
 * @param deviation alpha starts uniform in [0, deviation)
 * @param rate eta at the start
 * @param dtype of all numbers
 */
public record PlasticReadout(
        Network network,
        TraceRule rule,
        boolean plastic,
        double clamp,
        Loss loss,
        double deviation,
        double rate,
        DType dtype)
        implements Servable<Episodes> {
    private static final String ALPHA = "alpha";
    private static final String ETA = "eta";
    private static final String FEATURES = "features";
    private static final String TRACE = "trace";
    private static final String MOMENTS = "moments";
    private static final String BODY = "body";
    private static final String WEIGHTS = "weights";
    /** Keeps the logarithm of 1 - p finite. */
    private static final double SMALL = 1e-7;

    /** What queries are judged by. */
    public enum Loss {
        /** Every class by itself, -t log p - (1 - t) log(1 - p) of the softmax p, mean over classes: as published. */
        BINARY_CROSS_ENTROPY,
        /** Softmax cross-entropy. */
        CROSS_ENTROPY
    }

    private String head() {
        return network.headLayer();
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params theta = network.init(rng, dtype).filter(name -> !name.equals(head() + ".bias"));
        Tensor weight = weight(theta);
        return plastic
                ? theta.with(Params.builder()
                        .put(ALPHA, Tensors.uniform(rng, 0, deviation, dtype, weight.size(0), weight.size(1)))
                        .put(ETA, Tensors.full(rate, dtype, 1))
                        .build())
                : theta;
    }

    /** w, [width, way] or [tasks, width, way]. */
    private Tensor weight(Params theta) {
        return theta.get(head() + ".weight").transpose(-2, -1);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Normalization.Recording recording = Normalization.recording();
        Tensor features = network.features(theta, tasks.supportX(), recording);
        Tensor w = weight(theta);
        int rank = w.rank();
        return Params.builder()
                .put(FEATURES, features)
                .put(
                        TRACE,
                        Tensors.zeros(dtype, tasks.size(), w.size(rank - 2), w.size(rank - 1))
                                .to(features.device()))
                .put(MOMENTS, recording.moments())
                .build();
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (!plastic) {
            return Step.of(phi);
        }
        int t = context.step();
        Tensor x = phi.get(FEATURES).slice(1, t, t + 1);
        Tensor label = tasks.supportY().slice(1, t, t + 1).oneHot(tasks.way(), dtype);
        Tensor y = x.matmul(weights(theta, phi)).addScaled(label, clamp).softmax(2);
        return Step.of(phi.with(Params.of(TRACE, rule.update(phi.get(TRACE), x, y, theta.get(ETA)))));
    }

    private Tensor weights(Params theta, Params phi) {
        Tensor w = weight(theta);
        return plastic ? w.add(theta.get(ALPHA).mul(phi.get(TRACE))) : w;
    }

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor logits = predict(theta, phi, tasks, context);
        if (loss == Loss.CROSS_ENTROPY) {
            return Losses.crossEntropy(logits, tasks.queryY());
        }
        Tensor truth = tasks.queryY().oneHot(tasks.way(), dtype);
        Tensor logP = logits.logSoftmax(2);
        Tensor logRest = logP.exp().neg().add(1 + SMALL).log();
        Tensor others = truth.neg().add(1);
        return truth.mul(logP).add(others.mul(logRest)).meanPerTask().neg();
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Normalization normalization = Normalization.fixed(phi.child(MOMENTS));
        return network.features(theta, tasks.queryX(), normalization).matmul(weights(theta, phi));
    }

    /** The network below its last layer, the weights of that, and moments. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params single = context.task().ownTheta() ? theta.task(0) : theta;
        return Params.builder()
                .put(BODY, single.filter(name -> !name.startsWith(head()) && !name.equals(ALPHA) && !name.equals(ETA)))
                .put(WEIGHTS, weights(single, phi.filter(TRACE::equals).task(0)))
                .put(MOMENTS, phi.child(MOMENTS).task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Normalization normalization = Normalization.fixed(solution.child(MOMENTS));
        return network.features(solution.child(BODY), x.unsqueeze(0), normalization)
                .matmul(solution.get(WEIGHTS))
                .squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
