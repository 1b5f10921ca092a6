package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.attention.CausalAttention;
import org.deutero.tensor.nn.attention.CausalStack;
import org.deutero.tensor.nn.attention.DenseBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes later changes nothing before, and the next moment is what the sequence has at its end. */
class CausalLayersTest {
    private static final int TIME = 5;
    private final CausalStack layers = Architectures.causal();
    private Scope scope;
    private Params params;
    private Tensor x;

    @BeforeEach
    void open() {
        scope = Scope.open();
        params = layers.init(new SplittableRandom(3), DType.FLOAT64);
        x = Near.normal(4, 2, TIME, layers.in());
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static void near(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.doubles()).containsExactly(expected.doubles(), within(1e-13));
    }

    @Test
    void aLaterInputLeavesEarlierOutputsAsTheyAre() {
        Tensor before = layers.sequence(params, x);
        for (int t = 0; t < TIME; t++) {
            Tensor change = Tensors.zeros(DType.FLOAT64, 2, t, layers.in());
            Tensor rest = Tensors.ones(DType.FLOAT64, 2, TIME - t, layers.in());
            Tensor after = layers.sequence(params, x.add(Tensors.cat(List.of(change, rest), 1)));
            near(after.slice(1, 0, t), before.slice(1, 0, t));
            assertThat(after.sub(before)
                            .slice(1, t, TIME)
                            .slice(2, layers.in(), layers.out())
                            .abs()
                            .sum()
                            .item())
                    .isGreaterThan(1e-3);
        }
    }

    /** From an empty past on, for each alternative by itself. */
    @Test
    void theNextMomentIsTheEndOfTheSequence() {
        for (int t = 0; t < TIME; t++) {
            Tensor past = x.slice(1, 0, t);
            Tensor alternatives = Near.normal(5, 2, 3, layers.in());
            Tensor next = layers.next(params, past, alternatives);
            for (int i = 0; i < 3; i++) {
                Tensor one = alternatives.slice(1, i, i + 1);
                Tensor whole = layers.sequence(params, Tensors.cat(List.of(past, one), 1));
                near(next.slice(1, i, i + 1), whole.slice(1, t, t + 1));
            }
        }
    }

    @Test
    void attentionAtTheFirstMomentReadsItsOwnValue() {
        CausalAttention attention = new CausalAttention(layers.in(), 3, 2, Initializer.FAN_IN_UNIFORM);
        Params own = attention.init(new SplittableRandom(1), DType.FLOAT64);
        Tensor first = x.slice(1, 0, 1);
        Tensor expected = Tensors.cat(List.of(first, Linear.apply(own.child("value"), first)), 2);
        near(attention.sequence(own, first), expected);
        near(attention.next(own, x.slice(1, 0, 0), first), expected);
    }

    /** ceil(log2 moments) dilations, so that the last of them sees the first; starting at 2 the moment before is never seen. */
    @Test
    void dilationsDoubleUntilTheySpanTheMoments() {
        assertThat(dilations(6, 1)).containsExactly(1, 2, 4);
        assertThat(dilations(8, 1)).containsExactly(1, 2, 4);
        assertThat(dilations(9, 1)).containsExactly(1, 2, 4, 8);
        assertThat(dilations(6, 2)).containsExactly(2, 4, 8);
    }

    private static List<Integer> dilations(int moments, int first) {
        return CausalStack.temporalConvolution(3, 2, moments, first, Initializer.ZEROS).layers().stream()
                .map(layer -> ((DenseBlock) layer).dilation())
                .toList();
    }

    @Test
    void layersMustFit() {
        assertThatThrownBy(() -> new CausalStack(List.of(
                        new DenseBlock(3, 2, 1, Initializer.ZEROS), new DenseBlock(3, 2, 1, Initializer.ZEROS))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer l1 takes 3 channels, but the one before has 5");
    }
}
