package org.deutero.learn.action;

import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * One of some actions, softmax(logits).
 *
 * @param logProbabilities of all actions, [.., actions]
 */
public record Categorical(Tensor logProbabilities) implements ActionDistribution {
    /** @param logits [.., actions] */
    public static Categorical of(Tensor logits) {
        return new Categorical(logits.logSoftmax(logits.rank() - 1));
    }

    /**
     * Draws actions, softmax(logits), by the largest of logits plus Gumbel noise.
     *
     * @param logits [tasks, .., actions]; any number may be added to all of a moment
     * @return numbers of actions, int64 [tasks, ..]
     */
    public static Tensor draw(Tensor logits, StepContext context) {
        long[] shape = logits.shape();
        Params noise = context.draw((int) shape[0], (rng, n) -> {
            long[] own = shape.clone();
            own[0] = n;
            return Params.of(
                    "gumbel",
                    Tensors.uniform(rng, Double.MIN_NORMAL, 1, DType.FLOAT64, own)
                            .log()
                            .neg()
                            .log()
                            .neg()
                            .to(logits.dtype()));
        });
        Tensor gumbel = noise.to(logits.device()).get("gumbel");
        return logits.detach().add(gumbel).argmax(shape.length - 1);
    }

    private int last() {
        return logProbabilities.rank() - 1;
    }

    @Override
    public Tensor draw(StepContext context) {
        return draw(logProbabilities, context);
    }

    @Override
    public Tensor mode() {
        return logProbabilities.detach().argmax(last());
    }

    @Override
    public Tensor logProbability(Tensor action) {
        return logProbabilities.gather(last(), action.unsqueeze(last())).squeeze(last());
    }

    @Override
    public Tensor entropy() {
        return logProbabilities.exp().mul(logProbabilities).sum(last()).neg();
    }

    @Override
    public Tensor certainty() {
        return logProbabilities.mul(2).exp().sum(last());
    }

    @Override
    public Tensor divergence(ActionDistribution other) {
        if (!(other instanceof Categorical q)) {
            throw new IllegalArgumentException("only distributions of one kind have a divergence");
        }
        return logProbabilities
                .exp()
                .mul(logProbabilities.sub(q.logProbabilities))
                .sum(last());
    }
}
