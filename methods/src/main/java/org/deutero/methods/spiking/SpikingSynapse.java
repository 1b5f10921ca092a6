package org.deutero.methods.spiking;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.LocalRule;
import org.deutero.methods.Settling;
import org.deutero.methods.synapse.Consolidation;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;

/**
 * Complex synapses between spiking neurons (Zucchet, Schug, von Oswald, Zhao, Sacramento 2022, arXiv 2104.01677, the few-shot regression with spikes): a network of
 * leaky integrate-and-fire neurons learns a task by e-prop, each weight pulled to the centre that its synapse remembers; centres, and strengths if asked for, are meta-learned. With {@code contrastive}
 * neither learning nor meta-learning goes back in time or needs more than a synapse can see.
 *
 * <p>A task's inner loss is the loss of the time mean of the readouts, plus the pull of firing rates, plus 1/2 lambda (phi - omega)^2. e-prop's factors weigh the former two but not the last, so with factors other than 1
 * its fixed points are not minima, and the contrastive meta-gradient is only near the true one.
 *
 * <p>Inputs are encoded once for every task, from the context's seed: all steps and all phases see the same spikes, so that noise of the encoding does not enter a contrast, where it would be divided by beta. Steps use the whole
 * support set; the paper's mini-batches of 10 are the whole set of its 10-shot tasks.
 *
 * <p>Not copied from the released code: its negative phase nudges by nothing, its meta-gradient is that of the last task of a meta-batch, and its e-prop pulls at half the rate of its back-propagation.
 *
 * <p>Fast state: weights [tasks, ...] under their own names, {@code spikes.support} and {@code spikes.query} [tasks, time steps, n, inputs], optimiser slots under {@code slots}.
 *
 * @param code how inputs become spikes
 * @param network the neurons
 * @param objective loss of a task
 * @param rate pull of firing rates
 * @param eprop the inner rule; empty for back-propagation through time
 * @param consolidation what synapses hold, centres among them
 * @param inner the way to the solution in meta-training
 * @param evaluation the way to it when the learner is used
 * @param dtype of all numbers
 */
public record SpikingSynapse(
        PopulationCode code,
        LifNetwork network,
        Objective objective,
        FiringRate rate,
        Optional<EProp> eprop,
        Consolidation consolidation,
        Settling inner,
        Settling evaluation,
        DType dtype)
        implements Predictor<Episodes>, GradientLearner<Episodes> {
    private static final String SLOTS = "slots";
    private static final String SUPPORT = "spikes.support";
    private static final String QUERY = "spikes.query";

    /** Refuses synapses without a centre, where learning would have no start. */
    public SpikingSynapse {
        if (!consolidation.centred()) {
            throw new IllegalArgumentException("spiking synapses start at their centres, so they need learned ones");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return consolidation.init(network.init(rng, dtype));
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params weights = context.forTasks(consolidation.centres(theta), tasks.size());
        return Params.builder()
                .put("", weights)
                .put(SUPPORT, encoded(tasks.supportX(), "support-spikes", context))
                .put(QUERY, encoded(tasks.queryX(), "query-spikes", context))
                .put(SLOTS, settling(context).slots(weights))
                .build();
    }

    private Tensor encoded(Tensor x, String purpose, StepContext context) {
        Params chances = context.draw(
                purpose, (int) x.size(0), (rng, n) -> Params.of("chances", code.chances(rng, n, x.size(1), x.size(2))));
        return code.encode(x, chances.get("chances"));
    }

    private Settling settling(StepContext context) {
        return context.training() ? inner : evaluation;
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(name -> !name.startsWith("slots.") && !name.startsWith("spikes."));
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params weights = weights(phi);
        LifNetwork.Activity activity = network.run(weights, phi.get(SUPPORT));
        return objective
                .losses(network.outputs(weights, activity), tasks.supportY())
                .add(rate.losses(activity.spikes()))
                .add(consolidation.pull(theta, weights, context));
    }

    @Override
    public double pull(StepContext context) {
        return consolidation.pull();
    }

    @Override
    public Optional<LocalRule<Episodes>> localRule() {
        return eprop.map(rule -> (theta, phi, tasks, context, strength) -> {
            Params weights =
                    context.differentiable() ? weights(phi) : weights(phi).constant();
            Params pull = InnerGradient.of((th, w) -> consolidation.pull(th, w, context), theta, weights, context)
                    .gradient();
            Tensor support = phi.get(SUPPORT);
            LifNetwork.Activity activity = network.run(weights, support);
            Tensor error = error(network.outputs(weights, activity), tasks.supportY(), context);
            Params learned = rule.gradient(network, weights, support, activity, error, rate.signal(activity.spikes()));
            return strength == 0
                    ? learned.add(pull)
                    : learned.add(pull).addScaled(nudge(rule, weights, phi.get(QUERY), tasks, context), strength);
        });
    }

    private Params nudge(EProp rule, Params weights, Tensor query, Episodes tasks, StepContext context) {
        LifNetwork.Activity activity = network.run(weights, query);
        Tensor error = error(network.outputs(weights, activity), tasks.queryY(), context);
        return rule.gradient(
                network,
                weights,
                query,
                activity,
                error,
                Tensors.zeros(dtype, 1).to(error.device()));
    }

    /** Derivative of a task's loss by the outputs. */
    private Tensor error(Tensor outputs, Tensor targets, StepContext context) {
        return InnerGradient.of(
                        (th, o) -> objective.losses(o.get("outputs"), targets),
                        Params.EMPTY,
                        Params.of("outputs", outputs),
                        context)
                .gradient()
                .get("outputs");
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Optimizer.Update update = settling(context).update(gradient, phi.child(SLOTS), weights(phi), context.step());
        return Step.of(phi.with(update.params()).with(update.state().under(SLOTS)));
    }

    @Override
    public int steps(Episodes tasks) {
        return inner.steps();
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return evaluation.steps();
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return objective.losses(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params weights = weights(phi);
        return network.outputs(weights, network.run(weights, phi.get(QUERY)));
    }
}
