package org.deutero.methods.memorization;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * Meta-regularised MAML (Yin, Tucker, Zhou, Levine, Finn 2020, arXiv 1912.03820, section 4): inputs pass a {@link Bottleneck}, which is not adapted; on its codes MAML adapts a head.
 *
 * <p>phi_0 = head of theta; phi_{t+1} = phi_t - alpha grad L(phi_t; codes of the support set); meta-loss F(phi_T; codes of the queries) + beta KL. The divergence of weights is summed over all of them; that of codes is
 * summed over features and averaged over the inputs of both sets. The head is trained by F alone, on which the divergence has no bearing.
 *
 * <p>Fast state: the head's weights {@code head.*} [tasks, ...], optimiser slots under {@code slots}, codes of the support set {@code cache.code}, their divergence {@code cache.divergence}.
 *
 * @param bottleneck encoder
 * @param beta weight of the divergence
 * @param head network from codes to outputs
 * @param objective inner and outer loss
 * @param inner rule of the inner loop, with one fixed rate
 * @param queryStatistics of batch normalisation in the encoder when the learner is used
 * @param dtype of all numbers
 */
public record MrMaml(
        Bottleneck bottleneck,
        double beta,
        Network head,
        Objective objective,
        InnerLoop inner,
        QueryStatistics queryStatistics,
        DType dtype)
        implements Servable<Episodes>, GradientLearner<Episodes> {
    private static final String ENCODER = "encoder";
    private static final String HEAD = "head";
    private static final String SLOTS = "slots";
    private static final String CODE = "cache.code";
    private static final String DIVERGENCE = "cache.divergence";
    private static final String MOMENTS = "moments";

    /** Refuses what has no meaning. */
    public MrMaml {
        if (queryStatistics == QueryStatistics.RUNNING) {
            throw new IllegalArgumentException("MR-MAML keeps no running averages: expected batch or support");
        }
        if (inner.granularity() != InnerLoop.Granularity.FIXED) {
            throw new IllegalArgumentException("MR-MAML has one rate that is not learned");
        }
        if (!(beta >= 0)) {
            throw new IllegalArgumentException("beta is " + beta + ", but it must be at least 0");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.builder()
                .put(ENCODER, bottleneck.init(rng, dtype))
                .put(HEAD, head.init(rng, dtype))
                .build();
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params weights = context.forTasks(theta.child(HEAD), tasks.size()).under(HEAD);
        Bottleneck.Code code = bottleneck.encode(
                encoder(theta, tasks, context), tasks.supportX(), "support", Normalization.batch(), context);
        Params phi = weights.with(inner.optimizer().init(weights).under(SLOTS)).with(Params.of(CODE, code.values()));
        return code.divergence() == null ? phi : phi.with(Params.of(DIVERGENCE, code.divergence()));
    }

    private Params encoder(Params theta, Episodes tasks, StepContext context) {
        return bottleneck.sample(theta.child(ENCODER), tasks.size(), context);
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(name -> name.startsWith(HEAD + "."));
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return objective.losses(head.apply(phi.child(HEAD), phi.get(CODE)), tasks.supportY());
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Optimizer.Update update = inner.optimizer()
                .update(gradient, phi.child(SLOTS), weights(phi), Rates.constant(inner.rate()), context.step());
        return Step.of(phi.with(update.params()).with(update.state().under(SLOTS)));
    }

    @Override
    public int steps(Episodes tasks) {
        return inner.steps();
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return inner.evaluationSteps();
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Bottleneck.Code code = bottleneck.encode(
                encoder(theta, tasks, context), tasks.queryX(), "query", Normalization.batch(), context);
        Tensor losses = objective.losses(head.apply(phi.child(HEAD), code.values()), tasks.queryY());
        Tensor divergence = divergence(theta, phi, code, tasks, context);
        if (divergence == null) {
            return losses;
        }
        context.report(Params.builder()
                .put("query-loss", losses.constant())
                .put("divergence", divergence.constant().expand(tasks.size()))
                .build());
        return losses.add(divergence.mul(beta));
    }

    private Tensor divergence(Params theta, Params phi, Bottleneck.Code query, Episodes tasks, StepContext context) {
        Tensor told = query.divergence() == null ? null : phi.get(DIVERGENCE).add(query.divergence());
        return bottleneck.divergence(
                theta.child(ENCODER), told, (long) tasks.supportSize() + tasks.querySize(), context);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params encoder = encoder(theta, tasks, context);
        Normalization normalization = queryStatistics == QueryStatistics.BATCH
                ? Normalization.batch()
                : Normalization.fixed(moments(encoder, tasks));
        Bottleneck.Code code = bottleneck.encode(encoder, tasks.queryX(), "query", normalization, context);
        return head.apply(phi.child(HEAD), code.values());
    }

    private Params moments(Params encoder, Episodes tasks) {
        Normalization.Recording recording = Normalization.recording();
        bottleneck.network().features(encoder, tasks.supportX(), recording);
        return recording.moments();
    }

    /** The encoder as the task sampled it, the adapted head, and the support set's moments. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params encoder = encoder(theta, tasks, context);
        Params shapes = bottleneck.network().init(new SplittableRandom(0), dtype);
        return Params.builder()
                .put(ENCODER, encoder.zip(shapes, (w, shape) -> w.rank() > shape.rank() ? w.select(0, 0) : w))
                .put(HEAD, phi.child(HEAD).task(0))
                .put(MOMENTS, moments(encoder, tasks).task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Tensor code = bottleneck.mean(solution.child(ENCODER), x, Normalization.fixed(solution.child(MOMENTS)));
        return head.apply(solution.child(HEAD), code.unsqueeze(0)).squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
