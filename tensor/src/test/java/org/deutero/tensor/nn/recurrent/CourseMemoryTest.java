package org.deutero.tensor.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.junit.jupiter.api.Test;

/** A course keeps what its way back needs, and the way back keeps its result. */
class CourseMemoryTest {
    private static final int UNITS = 4;

    /** Native objects that a course of so many moments leaves, and those that its way back adds. */
    private static long[] left(int time, boolean cut) {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(1);
            Params params = new Gru(3, UNITS, Initializer.XAVIER_UNIFORM).init(rng, DType.FLOAT32);
            Tensor x = Tensors.normal(rng, DType.FLOAT32, 5, time, 3);
            Tensor keep = cut ? Tensors.ones(DType.FLOAT32, 5, time) : null;
            Tensor cotangent = Tensors.normal(rng, DType.FLOAT32, 5, time, UNITS);
            long before = Pointer.totalCount();
            Course course = Gru.course(params, x, keep);
            long there = Pointer.totalCount();
            Params gradient = course.gradient(cotangent);
            assertThat(gradient.names()).containsExactlyInAnyOrderElementsOf(params.names());
            return new long[] {there - before, Pointer.totalCount() - there};
        }
    }

    @Test
    void aMomentLeavesWhatTheWayBackNeeds() {
        left(10, true);
        // An input, r, z, n, U_n h + b_n and the state before; with cuts the factor, too, which makes the state before
        // another one than the state after.
        assertThat(left(20, false)[0] - left(10, false)[0]).isEqualTo(10 * 6);
        assertThat(left(20, true)[0] - left(10, true)[0]).isEqualTo(10 * 7);
    }

    @Test
    void theWayBackLeavesTheGradient() {
        left(10, true);
        assertThat(left(20, true)[1]).isEqualTo(4);
        assertThat(left(20, false)[1]).isEqualTo(4);
    }
}
