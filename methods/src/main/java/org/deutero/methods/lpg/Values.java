package org.deutero.methods.lpg;

import java.util.random.RandomGenerator;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.lpg.Body.Table;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * What states are worth under the present policy, for each lifetime by itself: what advantages are measured against. No gradient passes through it.
 *
 * <p>A table moves every state that was met by a share of the way to its mean target. A network follows the gradient of the mean squared error by Adam. (In GROOVE's released code the new parameters of this network are lost, so that it stays as it began.)
 *
 * @param body a table or a network
 * @param rate share of the way, or Adam's step size
 * @param advantages how far ahead they look
 * @param least deviation by which advantages are divided
 * @param pooled whether that deviation is over all shards of meta-training, as a running average, rather than over the lifetimes at hand
 */
public record Values(Body body, double rate, Advantages advantages, double least, boolean pooled) {
    private static final String NUMBERS = "numbers";
    private static final String SLOTS = "slots";

    /** Values whose advantages are divided by their deviation over the lifetimes at hand. */
    public Values(Body body, double rate, Advantages advantages, double least) {
        this(body, rate, advantages, least, false);
    }

    /** Values of 0, or of a fresh network. */
    public Params init(RandomGenerator rng, DType dtype, int lifetimes) {
        Params numbers = body.init(rng, dtype, lifetimes, 1, 0);
        return numbers.under(NUMBERS)
                .with(
                        body instanceof Table
                                ? Params.EMPTY
                                : Adam.DEFAULT.init(numbers).under(SLOTS));
    }

    /** Advantages of experience and targets of values, both [lifetimes, copies, steps]. */
    public Advantages.Estimated estimate(Params values, Experience lived) {
        Params numbers = values.child(NUMBERS);
        long[] shape = lived.reward().shape();
        return GradMode.off(() -> advantages.episodes(
                lived.reward(),
                body.of(numbers, lived.seen()).reshape(shape),
                body.of(numbers, lived.reached()).reshape(shape),
                lived.terminated(),
                lived.truncated(),
                Advantages.Ends.SEPARATE));
    }

    /** Advantages with mean 0 and deviation 1 over all lifetimes, [lifetimes, n]. */
    public Tensor standardised(Advantages.Estimated estimated) {
        Tensor advantage = estimated.advantage();
        return Advantages.standardised(advantage, least).reshape(advantage.size(0), -1);
    }

    /**
     * Values after a step towards their targets.
     *
     * @param step number of the step, from 0
     */
    public Params after(Params values, Experience lived, Tensor target, int step) {
        Tensor wanted = target.reshape(target.size(0), -1);
        return body instanceof Table ? table(values, lived, wanted) : network(values, lived, wanted, step);
    }

    private Params table(Params values, Experience lived, Tensor wanted) {
        return GradMode.off(() -> {
            Tensor rows = Table.all(values.child(NUMBERS)).squeeze(2);
            Tensor none = Tensors.zerosLike(rows);
            Tensor error = wanted.sub(rows.gather(1, lived.seen()));
            Tensor sums = none.scatterAdd(1, lived.seen(), error);
            Tensor counts = none.scatterAdd(1, lived.seen(), Tensors.onesLike(error));
            Tensor moved = rows.addScaled(sums.div(counts.clamp(1, Double.POSITIVE_INFINITY)), rate);
            return Table.of(moved.unsqueeze(2)).under(NUMBERS);
        });
    }

    private Params network(Params values, Experience lived, Tensor wanted, int step) {
        Params numbers = values.child(NUMBERS);
        Params gradient = GradMode.on(() -> {
            Params leaf = numbers.leaf();
            Tensor error = body.of(leaf, lived.seen()).squeeze(2).sub(wanted);
            return Autograd.gradient(error.square().mean(1).sum(), leaf, false);
        });
        return GradMode.off(() -> {
            Optimizer.Update update =
                    Adam.DEFAULT.update(gradient, values.child(SLOTS), numbers, Rates.constant(rate), step);
            return update.params().under(NUMBERS).with(update.state().under(SLOTS));
        });
    }
}
