package org.deutero.methods.neuralprocess;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Predictive;
import org.deutero.learn.capability.ProbabilisticLearner;
import org.deutero.methods.memorization.Bottleneck;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.Normalization;

/**
 * Neural processes: a set of points becomes a distribution over functions in one forward pass, by networks that are learned. Without a latent path this is the conditional neural process (Garnelo et al. 2018a, arXiv
 * 1807.01613), with one the neural process (Garnelo et al. 2018b, arXiv 1807.01622), with attention in the deterministic path the attentive neural process (Kim et al. 2019, arXiv 1901.05761).
 *
 * <p>The support set is the context, queries are targets. Meta-loss, one number a task:
 * {@code -mean_t log N(y_t; mean_t, deviation_t) + KL(q(z|targets) || q(z|context)) / m} with z drawn once from q(z|targets), m the number of targets: minus the evidence lower bound over m. When the learner is used,
 * z is drawn from q(z|context), {@code samples} times. As published, targets should include the context in meta-training; see {@link Targets}.
 *
 * <p>Fast state, after one step of learning without any gradient: {@code deterministic.*} and {@code latent.mean}, {@code latent.deviation} [tasks, size]. Before it, every output is believed to be standard normal.
 *
 * @param deterministic path of the representation r, if any
 * @param latent path of the latent variable z, if any
 * @param decoder from r, z and an input to a distribution
 * @param inputs what becomes of inputs before anything else looks at them; with a bottleneck this is the meta-regularised process (Yin et al. 2020, arXiv 1912.03820)
 * @param beta weight of the bottleneck's divergence beside the loss
 * @param targets what is judged in meta-training
 * @param samples of z when the learner is used
 * @param dtype of all numbers
 */
public record NeuralProcess(
        Optional<DeterministicPath> deterministic,
        Optional<LatentPath> latent,
        GaussianDecoder decoder,
        Bottleneck inputs,
        double beta,
        Targets targets,
        int samples,
        DType dtype)
        implements ProbabilisticLearner<Episodes> {
    private static final String DETERMINISTIC = "deterministic";
    private static final String LATENT = "latent";
    private static final String DECODER = "decoder";
    private static final String INPUTS = "inputs";
    private static final String DIVERGENCE = "divergence";

    /** What is judged in meta-training. */
    public enum Targets {
        /** The queries as tasks have them. */
        QUERIES,
        /** Support set and queries, for tasks whose queries do not include the support set. */
        ALL
    }

    /** Refuses a process that looks at no context. */
    public NeuralProcess {
        if (deterministic.isEmpty() && latent.isEmpty()) {
            throw new IllegalArgumentException("a neural process needs a deterministic or a latent path");
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples is " + samples + ", but it must be at least 1");
        }
    }

    /** A process that looks at inputs as they are. */
    public NeuralProcess(
            Optional<DeterministicPath> deterministic,
            Optional<LatentPath> latent,
            GaussianDecoder decoder,
            Targets targets,
            int samples,
            DType dtype) {
        this(deterministic, latent, decoder, Bottleneck.none(new Identity(), 0), 0, targets, samples, dtype);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params.Builder theta = Params.builder();
        deterministic.ifPresent(path -> theta.put(DETERMINISTIC, path.init(rng, dtype)));
        latent.ifPresent(path -> theta.put(LATENT, path.init(rng, dtype)));
        return theta.put(DECODER, decoder.init(rng, dtype))
                .put(INPUTS, inputs.init(rng, dtype))
                .build();
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return Params.EMPTY;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        Bottleneck.Code code = support(theta, tasks, context);
        Tensor x = code.values();
        Tensor points = Tensors.cat(List.of(x, tasks.supportY()), 2);
        Params.Builder state = Params.builder();
        if (code.divergence() != null) {
            state.put(DIVERGENCE, code.divergence());
        }
        deterministic.ifPresent(path -> state.put(DETERMINISTIC, path.encode(theta.child(DETERMINISTIC), x, points)));
        latent.ifPresent(path -> {
            DiagonalNormal posterior = path.posterior(theta.child(LATENT), points);
            state.put(LATENT + ".mean", posterior.mean()).put(LATENT + ".deviation", posterior.deviation());
        });
        return Step.of(state.build());
    }

    @Override
    public int steps(Episodes tasks) {
        return 1;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        boolean all = targets == Targets.ALL;
        Bottleneck.Code query = query(theta, tasks, context);
        Tensor x =
                all ? Tensors.cat(List.of(support(theta, tasks, context).values(), query.values()), 1) : query.values();
        Tensor y = all ? Tensors.cat(List.of(tasks.supportY(), tasks.queryY()), 1) : tasks.queryY();
        Tensor losses = loss(theta, phi, x, y, latent.isEmpty() ? null : noise(tasks, 1, context));
        Tensor told = query.divergence() == null ? null : phi.get(DIVERGENCE).add(query.divergence());
        long points = (long) tasks.supportSize() + tasks.querySize();
        Tensor divergence = inputs.divergence(theta.child(INPUTS), told, points, context);
        return divergence == null ? losses : losses.add(divergence.mul(beta));
    }

    private Bottleneck.Code support(Params theta, Episodes tasks, StepContext context) {
        return code(theta, tasks, tasks.supportX(), "support", context);
    }

    private Bottleneck.Code query(Params theta, Episodes tasks, StepContext context) {
        return code(theta, tasks, tasks.queryX(), "query", context);
    }

    private Bottleneck.Code code(Params theta, Episodes tasks, Tensor x, String set, StepContext context) {
        Params sampled = inputs.sample(theta.child(INPUTS), tasks.size(), context);
        return inputs.encode(sampled, x, set, Normalization.batch(), context);
    }

    /**
     * The meta-loss for given noise.
     *
     * @param x inputs of targets, encoded, [tasks, m, inputs]
     * @param y their outputs
     * @param noise standard normal [tasks, 1, size]; null without a latent path
     */
    Tensor loss(Params theta, Params phi, Tensor x, Tensor y, Tensor noise) {
        if (latent.isEmpty()) {
            return decode(theta, phi, null, x).logDensity(y).mean(1).neg();
        }
        DiagonalNormal posterior = latent.get().posterior(theta.child(LATENT), Tensors.cat(List.of(x, y), 2));
        Predictive predicted = decode(theta, phi, posterior.sample(noise), x);
        Tensor divergence = posterior.divergence(ofContext(phi));
        return divergence.div((double) x.size(1)).sub(predicted.logDensity(y).mean(1));
    }

    @Override
    public Predictive predictive(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.isEmpty()) {
            Tensor mean = Tensors.zerosLike(tasks.queryY());
            return Predictive.normal(mean, Tensors.onesLike(mean));
        }
        Tensor z = latent.isEmpty() ? null : ofContext(phi).sample(noise(tasks, samples, context));
        return decode(theta, phi, z, query(theta, tasks, context).values());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return predictive(theta, phi, tasks, context).mean();
    }

    private Predictive decode(Params theta, Params phi, Tensor z, Tensor x) {
        Tensor r = deterministic
                .map(path -> path.read(theta.child(DETERMINISTIC), phi.child(DETERMINISTIC), x))
                .orElse(null);
        return decoder.decode(theta.child(DECODER), r, z, x);
    }

    private static DiagonalNormal ofContext(Params phi) {
        return new DiagonalNormal(phi.get(LATENT + ".mean"), phi.get(LATENT + ".deviation"));
    }

    /** Standard normal [tasks, number, size]. */
    private Tensor noise(Episodes tasks, int number, StepContext context) {
        int size = latent.orElseThrow().size();
        return context.draw(
                        LATENT,
                        tasks.size(),
                        (rng, n) -> Params.of(LATENT, Tensors.normal(rng, dtype, n, number, size)))
                .to(tasks.supportX().device())
                .get(LATENT);
    }
}
