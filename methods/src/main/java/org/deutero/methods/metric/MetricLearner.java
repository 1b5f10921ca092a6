package org.deutero.methods.metric;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Embedder;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.SeparableClasses;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.QueryStatistics;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * Learns an encoder in whose space a head compares queries with a support set: prototypical, matching and relation networks, and with an identity encoder the nearest-centroid baseline.
 *
 * <p>theta: the encoder's parameters, and the head's under {@code metric}. Fast state: the head's memory under its own names, after one step of learning without any gradient.
 *
 * <p>Where the support set is a {@linkplain Head#sequential sequence}, meta-training draws its order anew for every task; in use it is taken as it comes.
 *
 * <p>In meta-training support and query images pass the encoder as one batch, as in the official code of prototypical networks, and their statistics feed the running averages.
 *
 * @param encoder maps inputs to features
 * @param head compares them
 * @param queryStatistics of batch normalisation when the learner is used; the official code of prototypical networks uses running averages, that of relation networks the query batch
 * @param dtype of all numbers
 */
public record MetricLearner(Network encoder, Head head, QueryStatistics queryStatistics, DType dtype)
        implements Servable<Episodes>, Embedder, SeparableClasses, FixedFunction {
    private static final String METRIC = "metric";
    private static final String LOGITS = "cache.logits";
    private static final String WEIGHTS = "weights";
    private static final String MOMENTS = "moments";
    private static final String MEMORY = "memory";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params features = encoder.init(rng, dtype);
        return features.with(head.init(rng, dtype).under(METRIC));
    }

    @Override
    public Params statistics() {
        return encoder.initialMoments(dtype).with(head.initialMoments(dtype).under(METRIC));
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
            return Step.of(memory(theta, support, tasks));
        }
        Normalization.Recording recording = Normalization.recording();
        Tensor all = encoder.features(theta, Tensors.cat(List.of(tasks.supportX(), tasks.queryX()), 1), recording);
        Tensor support = all.slice(1, 0, tasks.supportSize());
        Params memory = context.training() && head.sequential()
                ? inRandomOrder(theta, support, tasks, context)
                : memory(theta, support, tasks);
        Tensor queries = all.slice(1, tasks.supportSize(), (long) tasks.supportSize() + tasks.querySize());
        Normalization.Recording ofHead = Normalization.recording();
        Tensor logits = head.logits(own(theta), memory, queries, ofHead);
        if (context.training()) {
            context.observe(moments(recording, ofHead));
        }
        return Step.of(memory.with(Params.of(LOGITS, logits)));
    }

    private static Params own(Params theta) {
        return theta.child(METRIC);
    }

    private static Params moments(Normalization.Recording ofEncoder, Normalization.Recording ofHead) {
        return ofEncoder.moments().with(ofHead.moments().under(METRIC));
    }

    private Params memory(Params theta, Tensor support, Episodes tasks) {
        return head.memory(own(theta), support, tasks.supportY(), tasks.way());
    }

    private Params inRandomOrder(Params theta, Tensor support, Episodes tasks, StepContext context) {
        Tensor order = context.draw(
                        tasks.size(), (rng, n) -> Params.of("order", Permutations.draw(rng, n, tasks.supportSize())))
                .get("order")
                .to(support.device());
        Tensor features = support.gather(1, order.unsqueeze(2).expand(-1, -1, support.size(2)));
        return head.memory(own(theta), features, tasks.supportY().gather(1, order), tasks.way());
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

    @Override
    public int steps(Episodes tasks) {
        return 1;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return head.losses(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.isEmpty()) {
            // Before any experience every class is as likely as every other.
            return Tensors.zeros(dtype, tasks.size(), tasks.querySize(), tasks.way());
        }
        return phi.has(LOGITS)
                ? phi.get(LOGITS)
                : logits(theta, phi, tasks.queryX(), queryMoments(theta, phi, tasks, context));
    }

    private Tensor logits(Params theta, Params memory, Tensor x, Params moments) {
        Tensor queries = encoder.features(theta, x, Normalization.fixed(moments));
        return head.logits(own(theta), memory, queries, Normalization.fixed(moments.child(METRIC)));
    }

    /** Running averages, or what the support set has: as inputs of the encoder, and as queries of the head. */
    private Params queryMoments(Params theta, Params memory, Episodes tasks, StepContext context) {
        if (queryStatistics == QueryStatistics.RUNNING) {
            return context.statistics();
        }
        Normalization.Recording recording = Normalization.recording();
        Tensor support = encoder.features(theta, tasks.supportX(), recording);
        Normalization.Recording ofHead = Normalization.recording();
        head.logits(own(theta), memory, support, ofHead);
        return moments(recording, ofHead);
    }

    /** The meta-parameters under {@code weights}, moments under {@code moments}, and the task's memory under {@code memory}. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.has(LOGITS)) {
            throw new OptionsException(
                    "what was learned together with queries cannot serve others: expected query statistics of the support set or running averages");
        }
        Params moments = queryMoments(theta, phi, tasks, context);
        return Params.builder()
                .put(WEIGHTS, context.task().ownTheta() ? theta.task(0) : theta)
                .put(MOMENTS, queryStatistics == QueryStatistics.RUNNING ? moments : moments.task(0))
                .put(MEMORY, phi.task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Params memory = solution.child(MEMORY).expand(1);
        return logits(solution.child(WEIGHTS), memory, x.unsqueeze(0), solution.child(MOMENTS))
                .squeeze(0);
    }

    @Override
    public Optional<FrozenNetwork> frozen(Params solution) {
        Params weights = solution.child(WEIGHTS);
        return head.frozen(own(weights), solution.child(MEMORY))
                .map(readout -> new FrozenNetwork(encoder, weights, solution.child(MOMENTS), readout));
    }

    @Override
    public Optional<String> inseparable(Params solution) {
        return queryStatistics != QueryStatistics.RUNNING
                        && !solution.child(MOMENTS).isEmpty()
                ? Optional.of("its batch normalisation has the statistics of all examples together")
                : head.inseparable();
    }

    @Override
    public Params joined(Params solution, long[] examples, Tensor x, Tensor y, int classes) {
        Tensor features =
                encoder.features(solution.child(WEIGHTS), x.unsqueeze(0), Normalization.fixed(solution.child(MOMENTS)));
        return withMemory(
                solution, head.joined(solution.child(MEMORY).expand(1), examples, features, y.unsqueeze(0), classes));
    }

    @Override
    public Params kept(Params solution, long[] classes) {
        return withMemory(solution, head.kept(solution.child(MEMORY).expand(1), classes));
    }

    private static Params withMemory(Params solution, Params memory) {
        return solution.with(memory.task(0).under(MEMORY));
    }

    @Override
    public boolean fixedOutputs() {
        return head.fixedClasses();
    }
}
