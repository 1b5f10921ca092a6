package org.deutero.methods.maml;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.DenseLearner;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.LearnedStepSizes;
import org.deutero.learn.capability.ReversibleLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.DenseNetwork;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.QueryStatistics;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.nn.dense.DenseLoss;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;

/**
 * Model-agnostic meta-learning (Finn, Abbeel, Levine 2017, arXiv 1703.03400) and its close kin: a network whose initialisation is
 * learned so that a few gradient steps on the support set solve a task.
 *
 * <p>phi_0 = theta; phi_{t+1} = phi_t - alpha o grad L(phi_t; support); meta-loss F(phi_T; query). Which layers move makes MAML, ANIL and BOIL; a
 * learned alpha makes Meta-SGD; the estimator makes MAML or FOMAML; rates, losses and normalisation of every step's own make MAML++ (Antoniou, Edwards, Storkey 2019, arXiv
 * 1810.09502). Losses are means over examples: the official code divides the sum by the shots only, so its rate for N classes is this one's divided by N.
 *
 * <p>Fast state: the adapted weights [tasks, ...] under their own names, optimiser slots under {@code slots}, and for ANIL the support set's features under {@code cache}.
 *
 * @param network whose parameters are learned
 * @param objective inner and outer loss
 * @param adaptation which layers the inner loop moves
 * @param adapted which of their parameters
 * @param inner rule of the inner loop
 * @param perStep what else depends on the step
 * @param queryStatistics of batch normalisation when the learner is used; meta-training uses the query batch
 * @param dtype of all numbers
 */
public record Maml(
        Network network,
        Objective objective,
        Adaptation adaptation,
        Adapted adapted,
        InnerLoop inner,
        PerStep perStep,
        QueryStatistics queryStatistics,
        DType dtype)
        implements Servable<Episodes>,
                FixedFunction,
                ReversibleLearner<Episodes>,
                DenseLearner<Episodes>,
                LearnedStepSizes {
    private static final String SLOTS = "slots";
    private static final String FEATURES = "cache.features";

    /** Refuses what has no meaning. */
    public Maml {
        if (queryStatistics == QueryStatistics.RUNNING) {
            throw new IllegalArgumentException(
                    "MAML and its kin keep no running averages, since adapted weights have other statistics: expected batch or support");
        }
        if (perStep.norm() && adaptation != Adaptation.ALL_BUT_NORM) {
            throw new IllegalArgumentException(
                    "normalisation of every step's own is not adapted by the inner loop, which moves " + adaptation);
        }
        if (perStep.norm() && inner.steps() < 1) {
            throw new IllegalArgumentException("normalisation of every step's own needs at least one step");
        }
    }

    @Override
    public Params stepSizes(Params theta) {
        return inner.learned(theta);
    }

    /** A learner in which nothing but the rates depends on the step. */
    public Maml(
            Network network,
            Objective objective,
            Adaptation adaptation,
            InnerLoop inner,
            QueryStatistics queryStatistics,
            DType dtype) {
        this(network, objective, adaptation, inner, PerStep.NOTHING, queryStatistics, dtype);
    }

    /** A learner whose inner loop moves all parameters of the layers that it moves. */
    public Maml(
            Network network,
            Objective objective,
            Adaptation adaptation,
            InnerLoop inner,
            PerStep perStep,
            QueryStatistics queryStatistics,
            DType dtype) {
        this(network, objective, adaptation, Adapted.ALL, inner, perStep, queryStatistics, dtype);
    }

    /** Starts plain MAML. */
    public static Builder builder(Network network, Objective objective, InnerLoop inner) {
        return new Builder(network, objective, inner);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params weights = network.init(rng, dtype);
        return perStep.init(weights, inner.steps()).with(inner.initRates(adapted(weights), rng));
    }

    private Params adapted(Params theta) {
        return theta.filter(name -> isWeight(name) && adaptation.moves(network, name) && adapted.moves(network, name));
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
        Params all = perStep.at(theta, context.step(), context).with(weights(phi));
        Tensor outputs = adaptation == Adaptation.HEAD
                ? network.head(all, phi.get(FEATURES))
                : network.apply(all, tasks.supportX(), Normalization.batch());
        return objective.losses(outputs, tasks.supportY());
    }

    private Optional<DenseNetwork> denseNetwork(Episodes tasks) {
        return DenseNetwork.of(network, objective, tasks.supportX());
    }

    /** For perceptrons. */
    @Override
    public boolean dense(Episodes tasks) {
        return denseNetwork(tasks).isPresent();
    }

    @Override
    public DenseLoss denseInnerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        DenseNetwork dense = denseNetwork(tasks).orElseThrow();
        Params all = theta.with(weights(phi));
        return adaptation == Adaptation.HEAD
                ? dense.head(all, phi.get(FEATURES), FEATURES, tasks.supportY())
                : dense.on(all, tasks.supportX(), tasks.supportY());
    }

    @Override
    public Optional<DenseLoss> denseMetaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return lossWeight(inner.steps(), context) == 1
                ? denseNetwork(tasks).map(d -> d.on(theta.with(weights(phi)), tasks.queryX(), tasks.queryY()))
                : Optional.empty();
    }

    @Override
    public OptionalDouble plainRate(StepContext context) {
        int taken = context.step() + 1;
        boolean met = taken < inner.steps() && lossWeight(taken, context) != 0;
        return met ? OptionalDouble.empty() : inner.plainRate();
    }

    @Override
    public boolean startsAsTheta() {
        return adaptation != Adaptation.HEAD;
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Params weights = weights(phi);
        Optimizer.Update update = inner.optimizer()
                .update(gradient, phi.child(SLOTS), weights, inner.rates(theta, weights, context), context.step());
        Params next = phi.with(update.params()).with(update.state().under(SLOTS));
        int taken = context.step() + 1;
        double weight = taken < inner.steps() ? lossWeight(taken, context) : 0;
        return weight == 0
                ? Step.of(next)
                : new Step(next, queryLosses(theta, next, tasks, taken, context).mul(weight));
    }

    @Override
    public Optional<String> irreversible() {
        return inner.optimizer() instanceof Sgd sgd && sgd.reversible()
                ? Optional.empty()
                : Optional.of("its steps cannot be undone; expected method.inner-optimizer: momentum");
    }

    @Override
    public Params undo(Params theta, Params after, Episodes tasks, StepContext context) {
        Sgd sgd = (Sgd) inner.optimizer();
        Params adapted = weights(after);
        Params slots = after.child(SLOTS);
        Params weights = sgd.paramsBefore(new Optimizer.Update(adapted, slots), inner.rates(theta, adapted, context));
        Params before = after.with(weights);
        Params gradient = InnerGradient.of(
                        (th, w) -> innerLoss(th, before.with(w), tasks, context), theta, weights, context)
                .gradient();
        return before.with(sgd.stateBefore(slots, gradient).under(SLOTS));
    }

    private double lossWeight(int taken, StepContext context) {
        return perStep.losses().after(taken, inner.steps(), context);
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
        Tensor losses = queryLosses(theta, phi, tasks, context.step(), context);
        double weight = lossWeight(inner.steps(), context);
        return weight == 1 ? losses : losses.mul(weight);
    }

    private Tensor queryLosses(Params theta, Params phi, Episodes tasks, int taken, StepContext context) {
        Params all = forQueries(theta, phi, taken, context);
        return objective.losses(network.apply(all, tasks.queryX(), Normalization.batch()), tasks.queryY());
    }

    private FastNetwork fast() {
        return new FastNetwork(network, objective, queryStatistics);
    }

    private Params forQueries(Params theta, Params phi, int taken, StepContext context) {
        return perStep.at(theta, PerStep.queryRow(taken), context).with(weights(phi));
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return fast().predict(forQueries(theta, phi, context.step(), context), tasks);
    }

    /** The adapted network under {@code weights}, and the support set's moments under {@code moments}. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params shared =
                perStep.at(theta, PerStep.queryRow(context.step()), context).filter(Maml::isWeight);
        Params all = shared.with(weights(phi).task(0));
        return FastNetwork.solution(all, fast().moments(all, tasks));
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        return fast().answer(solution, x);
    }

    @Override
    public Optional<FrozenNetwork> frozen(Params solution) {
        return Optional.of(fast().frozen(solution));
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }

    /** MAML and its kin, with names for what makes them. */
    public static final class Builder {
        private final Network network;
        private final Objective objective;
        private final InnerLoop inner;
        private Adaptation adaptation = Adaptation.ALL;
        private Adapted adapted = Adapted.ALL;
        private PerStep perStep = PerStep.NOTHING;
        private QueryStatistics queryStatistics = QueryStatistics.BATCH;
        private DType dtype = DType.FLOAT32;

        private Builder(Network network, Objective objective, InnerLoop inner) {
            this.network = network;
            this.objective = objective;
            this.inner = inner;
        }

        /** Which layers the inner loop moves; all unless said. */
        public Builder adaptation(Adaptation value) {
            this.adaptation = value;
            return this;
        }

        /** Which parameters of these layers it moves; all unless said. */
        public Builder adapted(Adapted value) {
            this.adapted = value;
            return this;
        }

        /** What else depends on the step; nothing unless said. */
        public Builder perStep(PerStep value) {
            this.perStep = value;
            return this;
        }

        /** Of batch normalisation when the learner is used; the query batch, as published, unless said. */
        public Builder queryStatistics(QueryStatistics value) {
            this.queryStatistics = value;
            return this;
        }

        /** Of all numbers; float32 unless said. */
        public Builder dtype(DType value) {
            this.dtype = value;
            return this;
        }

        /** The learner. @throws IllegalArgumentException if the parts have no meaning together */
        public Maml build() {
            return new Maml(network, objective, adaptation, adapted, inner, perStep, queryStatistics, dtype);
        }
    }
}
