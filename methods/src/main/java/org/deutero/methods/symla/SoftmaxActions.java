package org.deutero.methods.symla;

import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** Actions drawn from a softmax. */
final class SoftmaxActions {
    private SoftmaxActions() {}

    /**
     * Draws actions, softmax(logits), by the largest of logits plus Gumbel noise. The noise belongs to actions: copies of a task, and both signs of a perturbation, get the same.
     *
     * @param logits [tasks, actions]
     * @return numbers of actions, int64 [tasks]
     */
    static Tensor draw(Tensor logits, StepContext context) {
        long actions = logits.size(1);
        Params noise = context.draw(
                (int) logits.size(0),
                (rng, n) -> Params.of(
                        "gumbel",
                        Tensors.uniform(rng, Double.MIN_NORMAL, 1, DType.FLOAT64, n, actions)
                                .log()
                                .neg()
                                .log()
                                .neg()
                                .to(logits.dtype())));
        Tensor gumbel = noise.to(logits.device()).get("gumbel");
        return logits.detach().add(gumbel).argmax(1);
    }
}
