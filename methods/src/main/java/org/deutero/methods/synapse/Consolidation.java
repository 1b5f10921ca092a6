package org.deutero.methods.synapse;

import org.deutero.learn.StepContext;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What a synapse holds besides its weight phi: a centre omega to which it is pulled, and a strength lambda of the pull, 1/2 lambda (phi - omega)^2. Zucchet et al. 2022
 * (arXiv 2104.01677), section 4.1.
 *
 * <p>Meta-parameters {@code omega.<weight>}, unless the centre is zero, and {@code log_lambda.<weight>} or {@code lambda.<weight>}, unless strengths are fixed. The released code has the pull without the
 * factor 1/2 in its experiments on regularisation, spikes and bandits (its strengths are half of ours), and as a mean over weights in the bandit (P/2 times).
 *
 * @param centred whether centres are learned; otherwise they are zero, and the pull is weight decay
 * @param strength how strengths are held
 * @param form as what learned strengths are held
 * @param lambda strength at the start
 */
public record Consolidation(boolean centred, Strength strength, Form form, double lambda) {
    private static final String OMEGA = "omega";
    private static final String LOG_LAMBDA = "log_lambda";
    private static final String LAMBDA = "lambda";

    /** How strengths are held. */
    public enum Strength {
        /** One strength for all, not learned. */
        FIXED,
        /** A learned strength for every synapse. */
        SYNAPSE,
        /** A learned strength for every tensor of weights. */
        TENSOR
    }

    /** As what learned strengths are held, which decides what a rate of the meta-optimiser means. */
    public enum Form {
        /** Their logarithms: a rate is a share of the strength. */
        LOGARITHM,
        /** Themselves, cut off at 0 after every meta-update, as in the released code: a rate is a step of the strength. */
        PROJECTED
    }

    /** Strengths that are held as logarithms if they are learned. */
    public Consolidation(boolean centred, Strength strength, double lambda) {
        this(centred, strength, Form.LOGARITHM, lambda);
    }

    /** Refuses what leaves nothing to learn, or no logarithm. */
    public Consolidation {
        if (!centred && strength == Strength.FIXED) {
            throw new IllegalArgumentException("neither centres nor strengths are learned");
        }
        if (!(lambda > 0)) {
            throw new IllegalArgumentException("the strength must be positive, not " + lambda);
        }
    }

    /** theta_0. */
    public Params init(Params weights) {
        Params theta = centred ? weights.under(OMEGA) : Params.EMPTY;
        return strength == Strength.FIXED
                ? theta
                : theta.with(weights.map(w -> Tensors.full(held(), w.dtype(), shape(w)))
                        .under(name()));
    }

    private double held() {
        return form == Form.LOGARITHM ? Math.log(lambda) : lambda;
    }

    private String name() {
        return form == Form.LOGARITHM ? LOG_LAMBDA : LAMBDA;
    }

    /** Meta-parameters with strengths that are not negative. */
    public Params project(Params theta) {
        return strength == Strength.FIXED || form == Form.LOGARITHM
                ? theta
                : theta.with(
                        theta.filter(name -> name.startsWith(LAMBDA + ".")).map(l -> l.clamp(0, Double.MAX_VALUE)));
    }

    private long[] shape(Tensor weight) {
        return strength == Strength.SYNAPSE ? weight.shape() : new long[] {1};
    }

    /** omega, as theta has it. */
    public Params centres(Params theta) {
        return theta.child(OMEGA);
    }

    /** lambda, where it is the same for all weights and always; otherwise 0. */
    public double pull() {
        return strength == Strength.FIXED ? lambda : 0;
    }

    /**
     * 1/2 sum_i lambda_i (phi_i - omega_i)^2, [tasks].
     *
     * @param theta shared by tasks, or each task's own
     * @param weights [tasks, ...]
     */
    public Tensor pull(Params theta, Params weights, StepContext context) {
        // All weights as one vector: with a dozen small tensors the number of operations is what takes time.
        Tensor phi = weights.flattenPerTask();
        Tensor squares = (centred ? phi.sub(vector(centres(theta), context)) : phi).square();
        return strength == Strength.FIXED
                ? squares.sum(1).mul(lambda / 2)
                : squares.mul(strengths(theta, weights, context)).sum(1).mul(0.5);
    }

    /** lambda of every weight, [P] or [tasks, P]. */
    private Tensor strengths(Params theta, Params weights, StepContext context) {
        Params held = theta.child(name());
        if (strength == Strength.TENSOR) {
            held = held.zip(weights, (one, w) -> one.expand(lengths(context, w)));
        }
        Tensor values = vector(held, context);
        return form == Form.LOGARITHM ? values.exp() : values;
    }

    /** The shape that a tensor's strength is repeated to: a number for each of its weights. */
    private static long[] lengths(StepContext context, Tensor weight) {
        long tasks = weight.size(0);
        long each = weight.numel() / tasks;
        return context.task().ownTheta() ? new long[] {tasks, each} : new long[] {each};
    }

    private static Tensor vector(Params part, StepContext context) {
        return context.task().ownTheta() ? part.flattenPerTask() : part.flatten();
    }
}
