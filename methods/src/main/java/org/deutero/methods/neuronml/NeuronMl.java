package org.deutero.methods.neuronml;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ActiveUnits;
import org.deutero.learn.capability.Level;
import org.deutero.learn.capability.LevelledLearner;
import org.deutero.learn.capability.StructuredLearner;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.AdaptedNetwork;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.Maml;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;

/**
 * Neuromodulated meta-learning, NeuronML (Wang, Guo, Qiang, Li, Zheng, Xiong, Hua 2024, arXiv 2411.06746): MAML inside a structure of gates g that is learned,
 * too: phi_0 = g o theta, phi_{t+1} = phi_t - alpha g o grad L(phi_t; support), so that what a closed gate takes away stays away.
 *
 * <p>Two levels (equations 8 and 9). The weights lower the query loss; then the gates lower it plus {@link Structure}, with the inner loop run again from the new
 * weights. The paper's second level has no query loss, and then closed gates are its minimum, which training finds; {@code taskWeight} 0 is that variant. Activity
 * is soft, |phi|/(|phi| + tau), where the paper has indicators and signed weights, whose gradients are zero or reward what is negative. The released code cannot
 * run, so nothing was taken from it.
 *
 * <p>Plasticity couples the tasks that are worked on together: those of a shard. A recipe that wants all pairs sets {@code training.shard} to the meta-batch.
 *
 * <p>Fast state: that of {@link Maml} with gated weights, and {@code gate.*} [tasks, ...] for {@link MaskSteps}.
 *
 * @param network whose parameters and structure are learned
 * @param objective inner and outer loss
 * @param inner rule of the inner loop, with a fixed rate
 * @param gates the structure
 * @param structure what it is asked for
 * @param mask steps of the gates inside a task
 * @param pace factor on the meta-optimiser's rate for the gates
 * @param queryStatistics of batch normalisation when the learner is used
 * @param dtype of all numbers
 */
public record NeuronMl(
        Network network,
        Objective objective,
        InnerLoop inner,
        Gates gates,
        Structure structure,
        MaskSteps mask,
        double pace,
        QueryStatistics queryStatistics,
        DType dtype)
        implements LevelledLearner<Episodes>, AdaptedNetwork, StructuredLearner<Episodes> {

    /** Refuses learned rates, which gates are themselves a kind of. */
    public NeuronMl {
        if (inner.granularity() != InnerLoop.Granularity.FIXED) {
            throw new IllegalArgumentException("gates multiply the inner rate, which is not learned beside them");
        }
    }

    /** All but the gates is MAML, to which the gated weights are all there is. */
    @Override
    public Maml maml() {
        return new Maml(gates.gated(), objective, Adaptation.ALL, inner, queryStatistics, dtype);
    }

    @Override
    public List<Level<Episodes>> levels() {
        return List.of(
                new Level<>("weights", this, name -> !Gates.isGate(name)),
                new Level<>("structure", new StructureLevel(this), Gates::isGate, pace));
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params weights =
                new Maml(network, objective, Adaptation.ALL, inner, queryStatistics, dtype).metaParameters(rng);
        return weights.with(gates.init(weights));
    }

    @Override
    public Params statistics(Params theta) {
        return structure.budget(slow(theta));
    }

    @Override
    public Params project(Params theta) {
        return gates.project(theta);
    }

    /** The ungated weights. */
    private Params slow(Params theta) {
        return gates.withScales(fast(theta));
    }

    /** The part of a fast state that is MAML's. */
    private static Params fast(Params phi) {
        return phi.filter(name -> !Gates.isGate(name));
    }

    /** The adapted, gated weights, [tasks, ...]. */
    Params adapted(Params phi) {
        return maml().weights(fast(phi));
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params weights = slow(theta);
        Params phi = maml().begin(Gates.apply(gates.factors(theta, weights), weights), tasks, context);
        return mask.steps() == 0 ? phi : phi.with(context.forTasks(theta.filter(Gates::isGate), tasks.size()));
    }

    @Override
    public Params weights(Params phi) {
        return maml().weights(phi);
    }

    /** The support loss; while a task moves its gates, as a function of them, and with what it can say of its structure. */
    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (!movesGates(context)) {
            return maml().innerLoss(Params.EMPTY, fast(phi), tasks, context);
        }
        Params gated = gated(theta, phi, tasks, context);
        Structure.Terms terms = terms(gated, tasks, context);
        return maml().innerLoss(Params.EMPTY, gated, tasks, context).add(structure.ofEachTask(terms));
    }

    private boolean movesGates(StepContext context) {
        return context.step() < mask.steps();
    }

    /** g o theta with the gates of each task. */
    private Params gated(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params weights = context.forTasks(slow(theta), tasks.size());
        return Gates.apply(gates.factors(phi, weights), weights);
    }

    /** The terms of the structure that adapted weights have. */
    Structure.Terms terms(Params adapted, Episodes tasks, StepContext context) {
        // Importance is a measurement: nothing is differentiated through it.
        Params gradient = InnerGradient.of(
                        (theta, w) -> maml().innerLoss(theta, w, tasks, context),
                        Params.EMPTY,
                        adapted.detach(),
                        context.task().at(context.step(), false))
                .gradient();
        return structure.terms(adapted, gradient, context.statistics().get(Structure.BUDGET));
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        if (movesGates(context)) {
            Params moved = phi.filter(Gates::isGate).addScaled(gradient.filter(Gates::isGate), -mask.rate());
            Params next = phi.with(gates.project(moved));
            return Step.of(next.with(gated(theta, next, tasks, context)));
        }
        Params factors = mask.steps() == 0 ? gates.factors(theta, slow(theta)) : gates.factors(phi, adapted(phi));
        StepContext at = context.task().at(context.step() - mask.steps(), context.differentiable());
        Step step =
                maml().update(Params.EMPTY, fast(phi), gates.still(Gates.apply(factors, fast(gradient))), tasks, at);
        return Step.of(phi.with(step.state()));
    }

    @Override
    public int steps(Episodes tasks) {
        return mask.steps() + inner.steps();
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return mask.steps() + inner.evaluationSteps();
    }

    /** The query loss: the meta-loss of the weights. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return maml().metaLoss(Params.EMPTY, fast(phi), tasks, context);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return maml().predict(Params.EMPTY, fast(phi), tasks, context);
    }

    /** The adapted network with its gates in its weights, and the support set's moments. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return maml().solution(Params.EMPTY, fast(phi), tasks, context);
    }

    @Override
    public ActiveUnits activeUnits(Params theta, Params phi, Episodes tasks, StepContext context) {
        return UnitStrength.of(this, theta, adapted(phi));
    }
}
