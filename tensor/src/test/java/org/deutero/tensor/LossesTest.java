package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class LossesTest {
    /** Two tasks, two examples, two classes. */
    private final Tensor logits = Tensor.of(new double[] {0, 0, 0, Math.log(3), 0, Math.log(9), 1000, 0}, 2, 2, 2);

    @Test
    void crossEntropyIsTheMeanOfMinusLogProbabilities() {
        Tensor labels = Tensor.of(new long[] {0, 1, 0, 0}, 2, 2);
        assertThat(Losses.crossEntropy(logits, labels).doubles())
                .containsExactly(new double[] {(Math.log(2) + Math.log(4.0 / 3)) / 2, Math.log(10) / 2}, within(1e-14));
        Tensor wrong = Tensor.of(new long[] {0, 0, 0, 1}, 2, 2);
        assertThat(Losses.crossEntropy(logits, wrong).doubles())
                .containsExactly(
                        new double[] {(Math.log(2) + Math.log(4)) / 2, (Math.log(10) + 1000) / 2}, within(1e-12));
    }

    /** libtorch's own log-softmax has a gradient without forward derivative. */
    @Test
    void crossEntropyHasTheSameHessianInBothModes() {
        Tensor labels = Tensor.of(new long[] {0, 1}, 1, 2);
        Params x = Params.of("x", Tensor.of(new double[] {0.3, -1, 2, 0.5, 0.1, -0.7}, 1, 2, 3));
        Params v = Params.of("x", Tensor.of(new double[] {1, 2, -1, 0.5, 3, 1}, 1, 2, 3));
        Params reverse = Autograd.hessianVector(
                p -> Losses.crossEntropy(p.get("x"), labels).sum(), x, v);
        Params forward = Autograd.jvp(
                p -> Autograd.gradient(Losses.crossEntropy(p.get("x"), labels).sum(), p, false), x, v);
        assertThat(reverse.norm()).isGreaterThan(0.1);
        assertThat(forward.get("x").doubles()).containsExactly(reverse.get("x").doubles(), within(1e-14));
    }

    @Test
    void squaredErrorIsTheMeanOverExamplesAndOutputs() {
        Tensor prediction = Tensor.of(new double[] {1, 2, 3, 4, 0, 0, 0, 0}, 2, 2, 2);
        Tensor target = Tensor.of(new double[] {0, 0, 0, 0, 0, 0, 2, -2}, 2, 2, 2);
        assertThat(Losses.squaredError(prediction, target).doubles()).containsExactly(30 / 4.0, 2);
    }

    @Test
    void accuracyCountsPerTask() {
        Tensor labels = Tensor.of(new long[] {1, 1, 1, 0}, 2, 2);
        Tensor clear = logits.add(Tensor.of(new double[] {0.1, 0}, 2));
        assertThat(Losses.accuracy(clear, labels).doubles()).containsExactly(0.5, 1);
        assertThat(Losses.accuracy(clear, labels).dtype()).isEqualTo(DType.FLOAT32);
    }

    /** The largest of NaN is the first, the sign of NaN is 0: counted, both would be answers. */
    @Test
    void outputsThatAreNoNumbersAreNoAnswers() {
        Tensor labels = Tensor.of(new long[] {0, 0, 0, 0}, 2, 2);
        Tensor lost = Tensor.of(new double[] {1, 0, Double.NaN, 0, 1, 0, 1, Double.NEGATIVE_INFINITY}, 2, 2, 2);
        assertThat(Losses.accuracy(lost, labels).doubles()).containsExactly(Double.NaN, 1);
        Tensor bits = Tensor.of(new double[] {1, 1, 1, -1}, 2, 2);
        Tensor outputs = Tensor.of(new double[] {Double.NaN, 1, 2, 3}, 2, 2);
        assertThat(Losses.bitError(outputs, bits).doubles()).containsExactly(Double.NaN, 0.5);
    }

    /** One task, two examples: output 2 should be 1, output 0 should be -1. The loss is ((4 - 1)^2 + (0.5 + 1)^2) / 2. */
    @Test
    void onlyTheChosenOutputIsJudged() {
        Tensor target = Tensor.of(new double[] {2, 1, 0, -1}, 1, 2, 2);
        Params x = Params.of(
                "x", Tensor.of(new double[] {7, -3, 4, 0.5, 9, 2}, 1, 2, 3).leaf());
        Tensor losses = Losses.chosenSquaredError(x.get("x"), target);
        assertThat(losses.doubles()).containsExactly(new double[] {(9 + 2.25) / 2}, within(1e-14));
        assertThat(Autograd.gradient(losses.sum(), x, false).get("x").doubles())
                .containsExactly(new double[] {0, 0, 3, 1.5, 0, 0}, within(1e-14));
    }
}
