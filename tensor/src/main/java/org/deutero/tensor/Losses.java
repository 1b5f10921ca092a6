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
     * Softmax cross-entropy of every example.
     *
     * @param logits [tasks, n, classes]
     * @param labels int64 [tasks, n] in 0..classes-1
     * @return [tasks, n], in nats
     */
    public static Tensor crossEntropies(Tensor logits, Tensor labels) {
        return logits.logSoftmax(2).gather(2, labels.unsqueeze(2)).squeeze(2).neg();
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
     * Half the squared distance, mean over examples and summed over outputs.
     *
     * @param prediction [tasks, n, outputs]
     * @param target [tasks, n, outputs]
     * @return [tasks]
     */
    public static Tensor halfSquaredDistance(Tensor prediction, Tensor target) {
        return prediction.sub(target).square().sum(2).mean(1).mul(0.5);
    }

    /**
     * Binary cross-entropy of independent bits, mean over examples and outputs.
     *
     * @param logits of +1 against -1, [tasks, n, outputs]
     * @param bits +1 or -1, [tasks, n, outputs]
     * @return [tasks], in nats
     */
    public static Tensor bitCrossEntropy(Tensor logits, Tensor bits) {
        return Functional.softplus(logits.mul(bits).neg()).meanPerTask();
    }

    /**
     * Share of outputs on the other side of 0 than their target; an output of 0 is half wrong.
     *
     * @param outputs [tasks, n, outputs]
     * @param bits +1 or -1, [tasks, n, outputs]
     * @return float32 [tasks] in [0, 1]
     */
    public static Tensor bitError(Tensor outputs, Tensor bits) {
        Tensor agreement = outputs.detach().sign().mul(bits.sign());
        return agreement.to(DType.FLOAT32).neg().add(1).mul(0.5).meanPerTask().mul(oneIfNumbers(outputs));
    }

    /** [tasks]: 1, or NaN for a task with an output that is no number, which counting would take for some answer. */
    private static Tensor oneIfNumbers(Tensor outputs) {
        Tensor same = outputs.detach().eq(outputs.detach()).to(DType.FLOAT32);
        return same.div(same).meanPerTask();
    }

    /**
     * Share of examples whose largest logit is at the label.
     *
     * @param logits [tasks, n, classes]
     * @param labels int64 [tasks, n]
     * @return float32 [tasks] in [0, 1]
     */
    public static Tensor accuracy(Tensor logits, Tensor labels) {
        return logits.detach().argmax(2).eq(labels).to(DType.FLOAT32).mean(1).mul(oneIfNumbers(logits));
    }
}
