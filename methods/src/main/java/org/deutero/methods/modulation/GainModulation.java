package org.deutero.methods.modulation;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.Settling;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Optimizer;

/**
 * The dual-system model of top-down modulation (Zucchet, Schug, von Oswald, Zhao, Sacramento 2022, arXiv 2104.01677, section 4.2): a primary network whose weights are slow, and a fast system
 * that finds for each task the gains and shifts of its neurons and a linear readout.
 *
 * <p>The fast system starts at gains of one, shifts of zero and a readout. With {@code pull} 0 nothing in the inner loss remembers that start, so implicit and contrastive gradients are zero for it: it is
 * fixed, the readout drawn from {@code startSeed}. With a pull, 1/2 pull |fast - start|^2 is part of the inner loss, and the start is learned.
 *
 * <p>theta: the network without its head; with a learned start also {@code start.gain.<layer>}, {@code start.shift.<layer>} [units] and {@code start.<head>}. Fast state: {@code gain.<layer>} and {@code shift.<layer>} [tasks,
 * units], the head under its own name, optimiser slots under {@code slots}.
 *
 * @param fast the network
 * @param pull strength of the pull towards the start; 0 for none
 * @param startSeed of the fixed readout
 * @param inner the way to the minimum in meta-training
 * @param evaluation the way to it when the learner is used
 * @param dtype of all numbers
 */
public record GainModulation(
        FastNetwork fast, double pull, long startSeed, Settling inner, Settling evaluation, DType dtype)
        implements Servable<Episodes>, FixedFunction, GradientLearner<Episodes> {
    private static final String START = "start";
    private static final String SLOTS = "slots";

    /** Refuses a network that cannot be modulated, and a push. */
    public GainModulation {
        new Gains(fast.network());
        if (!(pull >= 0)) {
            throw new IllegalArgumentException("the pull must not be negative, not " + pull);
        }
    }

    private Gains gains() {
        return new Gains(fast.network());
    }

    private boolean isHead(String name) {
        return name.startsWith(fast.network().headLayer() + ".");
    }

    private Params start(Params weights) {
        return gains().neutral(weights).with(weights.filter(this::isHead));
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params weights = fast.network().init(rng, dtype);
        Params slow = weights.filter(name -> !isHead(name));
        return pull == 0 ? slow : slow.with(start(weights).under(START));
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params start = pull == 0
                ? start(fast.network().init(new SplittableRandom(startSeed), dtype))
                        .to(tasks.supportX().device())
                        .expand(tasks.size())
                : context.forTasks(theta.child(START), tasks.size());
        return start.with(settling(context).slots(start).under(SLOTS));
    }

    private Settling settling(StepContext context) {
        return context.training() ? inner : evaluation;
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(name -> !name.startsWith("slots."));
    }

    /** The network's parameters for tasks: the modulated body, and the head. */
    private Params modulated(Params theta, Params phi) {
        Params state = weights(phi);
        return gains().apply(theta.filter(name -> !name.startsWith("start.")), state)
                .with(state.filter(this::isHead));
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor losses = fast.supportLosses(modulated(theta, phi), tasks);
        if (pull == 0) {
            return losses;
        }
        Params away = weights(phi).sub(context.forTasks(theta.child(START), tasks.size()));
        return losses.addScaled(away.dotPerTask(away), pull / 2);
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
        return fast.queryLosses(modulated(theta, phi), tasks);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return fast.predict(modulated(theta, phi), tasks);
    }

    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return fast.solution(modulated(theta, phi), tasks);
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
