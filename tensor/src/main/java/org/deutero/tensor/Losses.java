package org.deutero.tensor;

/** Losses of a batch of tasks: one number a task, the mean over its examples. */
public final class Losses {
    private Losses() {}

    /**
     * Softmax cross-entropy, mean over examples.
     *
     * @param logits [tasks, n, classes]
     * @param labels int64 [tasks, n] in 0..classes-1
     * @return [tasks], in nats
     */
    public static Tensor crossEntropy(Tensor logits, Tensor labels) {
        return logits.logSoftmax(2)
                .gather(2, labels.unsqueeze(2))
                .squeeze(2)
                .mean(1)
                .neg();
    }

    /**
     * Squared error, mean over examples and outputs, without a factor of 1/2.
     *
     * @param prediction [tasks, n, outputs]
     * @param target [tasks, n, outputs]
     * @return [tasks]
     */
    public static Tensor squaredError(Tensor prediction, Tensor target) {
        return prediction.sub(target).square().meanPerTask();
    }

    /**
     * Squared error of one output of each example, mean over examples: for targets of which the rest was not seen, such as the reward of the arm that was pulled. The other outputs get no gradient.
     *
     * @param prediction [tasks, n, outputs]
     * @param target [tasks, n, 2]: which output, from 0, and what it should be
     * @return [tasks]
     */
    public static Tensor chosenSquaredError(Tensor prediction, Tensor target) {
        Tensor chosen = target.slice(2, 0, 1).detach().to(DType.INT64);
        return prediction.gather(2, chosen).sub(target.slice(2, 1, 2)).square().meanPerTask();
    }

    /**
     * Share of examples whose largest logit is at the label.
     *
     * @param logits [tasks, n, classes]
     * @param labels int64 [tasks, n]
     * @return float32 [tasks] in [0, 1]
     */
    public static Tensor accuracy(Tensor logits, Tensor labels) {
        return logits.detach().argmax(2).eq(labels).to(DType.FLOAT32).mean(1);
    }
}
