package org.deutero.methods.protonet;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Embedder;
import org.deutero.learn.Servable;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.methods.QueryStatistics;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * Prototypical networks (Snell, Swersky, Zemel 2017, arXiv 1703.05175): an encoder is learned; a class is the mean of its embedded shots, and an input belongs to the nearest mean.
 *
 * <p>c_n = mean_k f(x_nk); logit = -|f(x) - c_n|^2, squared and without temperature; meta-loss = cross-entropy over queries. Fast state:
 * {@code prototypes} [tasks, way, width], after one step of learning without any gradient. With an identity encoder this is the
 * nearest-centroid baseline.
 *
 * <p>In meta-training support and query images pass the encoder as one batch, as in the official code, and their statistics
 * feed the running averages.
 *
 * @param encoder maps inputs to features
 * @param queryStatistics of batch normalisation when the learner is used; the official code uses running averages
 * @param dtype of all numbers
 */
public record Prototypes(Network encoder, QueryStatistics queryStatistics, DType dtype)
        implements Servable<Episodes>, Embedder {
    private static final String PROTOTYPES = "prototypes";
    private static final String QUERIES = "cache.queries";
    private static final String WEIGHTS = "weights";
    private static final String MOMENTS = "moments";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return encoder.init(rng, dtype);
    }

    @Override
    public Params statistics() {
        return encoder.initialMoments(dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return Params.EMPTY;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        boolean joint = context.training() || queryStatistics == QueryStatistics.BATCH;
        if (!joint) {
            Tensor support = encoder.features(theta, tasks.supportX(), supportNormalization(context));
            return Step.of(Params.of(PROTOTYPES, means(support, tasks.supportY(), tasks.way())));
        }
        Normalization.Recording recording = Normalization.recording();
        Tensor all = encoder.features(theta, Tensors.cat(List.of(tasks.supportX(), tasks.queryX()), 1), recording);
        if (context.training()) {
            context.observe(recording.moments());
        }
        Tensor support = all.slice(1, 0, tasks.supportSize());
        Tensor queries = all.slice(1, tasks.supportSize(), (long) tasks.supportSize() + tasks.querySize());
        return Step.of(Params.builder()
                .put(PROTOTYPES, means(support, tasks.supportY(), tasks.way()))
                .put(QUERIES, queries)
                .build());
    }

    private Normalization supportNormalization(StepContext context) {
        return queryStatistics == QueryStatistics.RUNNING
                ? Normalization.fixed(context.statistics())
                : Normalization.batch();
    }

    /** With running averages. */
    @Override
    public Tensor embed(Params theta, Params statistics, Tensor x) {
        return encoder.features(theta, x.unsqueeze(0), Normalization.fixed(statistics))
                .squeeze(0);
    }

    /** Class means [tasks, way, width] of features [tasks, n, width]; classes may have different numbers of shots. */
    static Tensor means(Tensor features, Tensor labels, int way) {
        Tensor membership = labels.oneHot(way, features.dtype()).transpose(1, 2);
        return membership.matmul(features).div(membership.sumKeep(2));
    }

    /** Minus the squared distances [tasks, n, way] of features [tasks, n, width] to prototypes [tasks, way, width]. */
    static Tensor logits(Tensor features, Tensor prototypes) {
        Tensor product = features.matmul(prototypes.transpose(1, 2));
        Tensor ofFeatures = features.square().sumKeep(2);
        Tensor ofPrototypes = prototypes.square().sum(2).unsqueeze(1);
        return product.mul(2).sub(ofFeatures).sub(ofPrototypes);
    }

    @Override
    public int steps(Episodes tasks) {
        return 1;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Losses.crossEntropy(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.isEmpty()) {
            // Before any experience every class is as likely as every other.
            return Tensors.zeros(dtype, tasks.size(), tasks.querySize(), tasks.way());
        }
        Tensor queries = phi.has(QUERIES)
                ? phi.get(QUERIES)
                : encoder.features(theta, tasks.queryX(), queryNormalization(theta, tasks, context));
        return logits(queries, phi.get(PROTOTYPES));
    }

    private Normalization queryNormalization(Params theta, Episodes tasks, StepContext context) {
        return Normalization.fixed(queryMoments(theta, tasks, context));
    }

    private Params queryMoments(Params theta, Episodes tasks, StepContext context) {
        if (queryStatistics == QueryStatistics.RUNNING) {
            return context.statistics();
        }
        Normalization.Recording recording = Normalization.recording();
        encoder.features(theta, tasks.supportX(), recording);
        return recording.moments();
    }

    /** The encoder under {@code weights}, its moments under {@code moments}, and {@code prototypes} [way, width]. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.has(QUERIES)) {
            throw new IllegalArgumentException(
                    "prototypes that were made together with queries cannot serve others: expected query statistics of the support set or running averages");
        }
        Params moments = queryMoments(theta, tasks, context);
        return Params.builder()
                .put(WEIGHTS, theta)
                .put(MOMENTS, queryStatistics == QueryStatistics.RUNNING ? moments : moments.task(0))
                .put(PROTOTYPES, phi.get(PROTOTYPES).select(0, 0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Normalization normalization = Normalization.fixed(solution.child(MOMENTS));
        Tensor features = encoder.features(solution.child(WEIGHTS), x.unsqueeze(0), normalization);
        return logits(features, solution.get(PROTOTYPES).unsqueeze(0)).squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
