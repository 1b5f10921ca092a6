package org.deutero.methods.mann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where writes land, what wears off, and what a slot of zeros is like. */
@ExtendWith(InScope.class)
class LeastRecentlyUsedTest {
    private static final int SLOTS = 5;
    private static final LeastRecentlyUsed MEMORY = new LeastRecentlyUsed(SLOTS, 3, 2, 0.9, true);

    private static LeastRecentlyUsed.Request request(double alpha) {
        SplittableRandom rng = new SplittableRandom(3);
        return new LeastRecentlyUsed.Request(
                Tensors.normal(rng, DType.FLOAT64, 1, 2, 3),
                Tensors.normal(rng, DType.FLOAT64, 1, 2, 3),
                Tensors.full(alpha, DType.FLOAT64, 1, 2),
                Tensors.full(1, DType.FLOAT64, 1, 2));
    }

    private static Params state(double... usage) {
        SplittableRandom rng = new SplittableRandom(4);
        return Params.builder()
                .put(LeastRecentlyUsed.MEMORY, Tensors.normal(rng, DType.FLOAT64, 1, SLOTS, 3))
                .put(
                        LeastRecentlyUsed.READ_WEIGHTS,
                        Tensors.normal(rng, DType.FLOAT64, 1, 2, SLOTS).softmax(2))
                .put(LeastRecentlyUsed.USAGE, Tensor.of(usage, 1, SLOTS))
                .build();
    }

    @Test
    void aClosedGateWritesToTheLeastUsedSlotsOneForEachHead() {
        LeastRecentlyUsed.Access access = MEMORY.access(state(0.5, 0.1, 0.9, 0.2, 0.3), request(-1e9));
        assertThat(access.writeWeights().doubles()).containsExactly(0, 1, 0, 0, 0, 0, 0, 0, 1, 0);
    }

    @Test
    void headsThatShareWriteToAllOfTheLeastUsedSlots() {
        LeastRecentlyUsed shared = new LeastRecentlyUsed(SLOTS, 3, 2, 0.9, false);
        LeastRecentlyUsed.Access access = shared.access(state(0.5, 0.1, 0.9, 0.2, 0.3), request(-1e9));
        assertThat(access.writeWeights().doubles()).containsExactly(0, 1, 0, 1, 0, 0, 1, 0, 1, 0);
    }

    @Test
    void anOpenGateWritesWhereWasReadLast() {
        Params before = state(0.5, 0.1, 0.9, 0.2, 0.3);
        LeastRecentlyUsed.Access access = MEMORY.access(before, request(1e9));
        assertThat(access.writeWeights().doubles())
                .containsExactly(before.get(LeastRecentlyUsed.READ_WEIGHTS).doubles(), within(1e-15));
    }

    @Test
    void amongEqualsTheLowestSlotIsTheLeastUsed() {
        LeastRecentlyUsed.Access access = MEMORY.access(state(1, 0, 0, 0, 0), request(-1e9));
        assertThat(access.leastUsed().doubles()).containsExactly(0, 1, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    /** Usage of a slot that is neither written nor, to speak of, read only wears off. */
    @Test
    void usageDecaysWhereNothingHappens() {
        Params before = state(0.5, 0.1, 0.9, 0.2, 0.3);
        LeastRecentlyUsed.Request open = request(-1e9);
        LeastRecentlyUsed.Access access = MEMORY.access(before, open);
        double[] usage = access.state().get(LeastRecentlyUsed.USAGE).doubles();
        double[] read =
                access.state().get(LeastRecentlyUsed.READ_WEIGHTS).sum(1).doubles();
        for (int slot : new int[] {0, 2, 4}) {
            assertThat(usage[slot] - read[slot])
                    .isCloseTo(0.9 * before.get(LeastRecentlyUsed.USAGE).doubles()[slot], within(1e-15));
        }
        double all = 0;
        for (double u : usage) {
            all += u;
        }
        assertThat(all).isCloseTo(0.9 * 2.0 + 2 + 2, within(1e-12)); // weights of two heads add up to two each
    }

    /** The least used row alone is wiped before it is written to, and only that. */
    @Test
    void writingReplacesTheLeastUsedRowAndAddsToOthers() {
        Params before = state(0.5, 0.1, 0.9, 0.2, 0.3);
        LeastRecentlyUsed.Request request = request(-1e9);
        double[] old = before.get(LeastRecentlyUsed.MEMORY).doubles();
        double[] now = MEMORY.access(before, request)
                .state()
                .get(LeastRecentlyUsed.MEMORY)
                .doubles();
        double[] value = request.value().doubles();
        for (int i = 0; i < 3; i++) {
            assertThat(now[3 + i]).isCloseTo(value[i], within(1e-15));
            assertThat(now[9 + i]).isCloseTo(old[9 + i] + value[3 + i], within(1e-15));
            assertThat(now[i]).isEqualTo(old[i]);
        }
    }
}
