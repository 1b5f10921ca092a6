package org.deutero.methods.synapse;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.EpochRows;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.Settling;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Optimizer;

/**
 * The complex-synapse model (Zucchet, Schug, von Oswald, Zhao, Sacramento 2022, arXiv 2104.01677, section 4.1): every weight of a network is fast, and each synapse remembers a centre and a
 * strength of the pull towards it. A task minimises L(phi; support) + 1/2 sum_i lambda_i (phi_i - omega_i)^2; centres, strengths or both are learned so that the query loss at the minimum is
 * small.
 *
 * <p>Learned centres with one fixed strength are implicit MAML's problem; zero centres with learned strengths are weight decay learned for every weight. Made for {@code contrastive}, whose update of
 * omega is (lambda/beta) (phi_beta - phi_0), local to the synapse; every estimator for a {@link GradientLearner} fits.
 *
 * <p>Fast state: weights [tasks, ...] under their own names, optimiser slots under {@code slots}.
 *
 * @param fast the network
 * @param consolidation what synapses hold
 * @param inner the way to the minimum in meta-training
 * @param evaluation the way to it when the learner is used
 * @param batch examples in a mini-batch of the steps, the same rows for all tasks; 0 for the whole support set, which is also what minima, nudged phases and implicit gradients are judged on
 * @param startSeed if present, phi_0 is drawn from this seed, the same for all tasks and always; otherwise phi_0 = omega
 * @param dtype of all numbers
 */
public record ComplexSynapse(
        FastNetwork fast,
        Consolidation consolidation,
        Settling inner,
        Settling evaluation,
        int batch,
        OptionalLong startSeed,
        DType dtype)
        implements Servable<Episodes>, FixedFunction, GradientLearner<Episodes> {
    private static final String SLOTS = "slots";

    /** Refuses a start that is not defined. */
    public ComplexSynapse {
        if (!consolidation.centred() && startSeed.isEmpty()) {
            throw new IllegalArgumentException("without learned centres learning needs a start of its own");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return consolidation.init(fast.network().init(rng, dtype));
    }

    @Override
    public Params project(Params theta) {
        return consolidation.project(theta);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params weights = startSeed.isPresent()
                ? fast.network()
                        .init(new SplittableRandom(startSeed.getAsLong()), dtype)
                        .to(tasks.supportX().device())
                        .expand(tasks.size())
                : context.forTasks(consolidation.centres(theta), tasks.size());
        return weights.with(settling(context).slots(weights).under(SLOTS));
    }

    private Settling settling(StepContext context) {
        return context.training() ? inner : evaluation;
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(name -> !name.startsWith("slots."));
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params weights = weights(phi);
        Episodes seen = batch > 0 && context.step() < settling(context).steps() ? miniBatch(tasks, context) : tasks;
        return fast.supportLosses(weights, seen).add(consolidation.pull(theta, weights, context));
    }

    @Override
    public double pull(StepContext context) {
        return consolidation.pull();
    }

    private Episodes miniBatch(Episodes tasks, StepContext context) {
        int size = Math.min(batch, tasks.supportSize());
        long[] rows = EpochRows.of(context.task().seed(), tasks.supportSize(), size, context.step());
        Tensor index = Tensor.of(rows, size).to(tasks.supportX().device());
        return new Episodes(
                tasks.supportX().indexSelect(1, index),
                tasks.supportY().indexSelect(1, index),
                tasks.queryX(),
                tasks.queryY(),
                tasks.way());
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Optimizer.Update update = settling(context).update(gradient, phi.child(SLOTS), weights(phi), context.step());
        return Step.of(update.params().with(update.state().under(SLOTS)));
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
        return fast.queryLosses(weights(phi), tasks);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return fast.predict(weights(phi), tasks);
    }

    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return fast.solution(weights(phi), tasks);
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        return fast.answer(solution, x);
    }

    @Override
    public Optional<FrozenNetwork> frozen(Params solution) {
        return Optional.of(fast.frozen(solution));
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
