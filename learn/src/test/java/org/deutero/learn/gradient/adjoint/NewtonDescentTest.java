package org.deutero.learn.gradient.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Minima down to rounding, through curvature of any sign. */
@SuppressWarnings("try") // the scope works by being open
class NewtonDescentTest {
    /** Rosenbrock's valley, 100 (y - x^2)^2 + (1 - x)^2. */
    private static Tensor valley(Params weights) {
        Tensor x = weights.get("x");
        Tensor y = weights.get("y");
        return y.sub(x.square()).square().mul(100).add(x.sub(1).square());
    }

    private static NewtonDescent.Result run(boolean bounded, double... starts) {
        Params start = Params.builder()
                .put("x", Tensor.of(starts, starts.length))
                .put("y", Tensors.ones(DType.FLOAT64, starts.length))
                .build();
        Tensor scale = Tensors.ones(DType.FLOAT64, starts.length);
        return new NewtonDescent(
                        w -> bounded
                                ? valley(w)
                                : valley(w).sub(w.get("x").square().square().mul(200)),
                        start,
                        scale,
                        300)
                .run();
    }

    @Test
    void everyTaskComesToTheMinimum() {
        try (Scope s = Scope.open()) {
            NewtonDescent.Result result = run(true, -1.2, 0.1, 1);
            assertThat(result.unsettled()).isZero();
            assertThat(result.gradient()).isLessThan(1e-9);
            for (double v : result.weights().flatten().doubles()) {
                assertThat(v).isCloseTo(1, within(1e-9));
            }
        }
    }

    @Test
    void whereThereIsNoMinimumThatIsSaid() {
        try (Scope s = Scope.open()) {
            assertThat(run(false, 2, 3).unsettled()).isEqualTo(2);
        }
    }
}
