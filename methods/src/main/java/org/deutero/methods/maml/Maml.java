package org.deutero.methods.maml;

import java.util.random.RandomGenerator;
import org.deutero.learn.GradientLearner;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.methods.Objective;
import org.deutero.methods.QueryStatistics;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Optimizer;

/**
 * Model-agnostic meta-learning (Finn, Abbeel, Levine 2017, arXiv 1703.03400) and its close kin: a network whose initialisation is
 * learned so that a few gradient steps on the support set solve a task.
 *
 * <p>phi_0 = theta; phi_{t+1} = phi_t - alpha o grad L(phi_t; support); meta-loss F(phi_T; query). Which layers move makes MAML, ANIL and BOIL; a
 * learned alpha makes Meta-SGD; the estimator makes MAML or FOMAML. Losses are means over examples: the official code divides the sum by the shots only, so its rate for N classes is this one's divided by N.
 *
 * <p>Fast state: the adapted weights [tasks, ...] under their own names, optimiser slots under {@code slots}, and for ANIL the support set's features under {@code cache}.
 *
 * @param network whose parameters are learned
 * @param objective inner and outer loss
 * @param adaptation which layers the inner loop moves
 * @param inner rule of the inner loop
 * @param queryStatistics of batch normalisation when the learner is used; meta-training uses the query batch
 * @param dtype of all numbers
 */
public record Maml(
        Network network,
        Objective objective,
        Adaptation adaptation,
        InnerLoop inner,
        QueryStatistics queryStatistics,
        DType dtype)
        implements Predictor<Episodes>, GradientLearner<Episodes> {
    private static final String SLOTS = "slots";
    private static final String FEATURES = "cache.features";

    /** Refuses what has no meaning. */
    public Maml {
        if (queryStatistics == QueryStatistics.RUNNING) {
            throw new IllegalArgumentException(
                    "MAML and its kin keep no running averages, since adapted weights have other statistics: expected batch or support");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params weights = network.init(rng, dtype);
        return weights.with(inner.initRates(adapted(weights), rng));
    }

    private Params adapted(Params theta) {
        return theta.filter(name -> isWeight(name) && adaptation.moves(network, name));
    }

    private static boolean isWeight(String name) {
        return !name.startsWith("rate.");
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params weights = context.forTasks(adapted(theta), tasks.size());
        Params phi = weights.with(inner.optimizer().init(weights).under(SLOTS));
        if (adaptation == Adaptation.HEAD) {
            phi = phi.with(Params.of(FEATURES, network.features(theta, tasks.supportX(), Normalization.batch())));
        }
        return phi;
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(name -> !name.startsWith("slots.") && !name.startsWith("cache."));
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params all = theta.with(weights(phi));
        Tensor outputs = adaptation == Adaptation.HEAD
                ? network.head(all, phi.get(FEATURES))
                : network.apply(all, tasks.supportX(), Normalization.batch());
        return objective.losses(outputs, tasks.supportY());
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Optimizer.Update update =
                inner.optimizer().update(gradient, phi.child(SLOTS), weights(phi), inner.rates(theta), context.step());
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
        Tensor outputs = network.apply(theta.with(weights(phi)), tasks.queryX(), Normalization.batch());
        return objective.losses(outputs, tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params all = theta.with(weights(phi));
        if (queryStatistics == QueryStatistics.BATCH) {
            return network.apply(all, tasks.queryX(), Normalization.batch());
        }
        Normalization.Recording recording = Normalization.recording();
        network.features(all, tasks.supportX(), recording);
        return network.apply(all, tasks.queryX(), Normalization.fixed(recording.moments()));
    }
}
