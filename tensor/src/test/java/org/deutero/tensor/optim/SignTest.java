package org.deutero.tensor.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SignTest {
    /** The first step of Adam, with its correction left in the rate as TensorFlow does, for gradients of any size. */
    @Test
    @SuppressWarnings("try") // the scope works by being open
    void itIsTheFirstStepOfAnAdam() {
        try (Scope s = Scope.open()) {
            double[] gradient = {-3, 1e-3, 2e-6, -1e-7, 0};
            double beta2 = 0.999;
            double epsilon = 1e-7;
            Params at = Params.of("w", Tensor.of(new double[5], 5));
            double[] moved = new Sign(epsilon / Math.sqrt(1 - beta2))
                    .update(Params.of("w", Tensor.of(gradient, 5)), Params.EMPTY, at, Rates.constant(0.01), 7)
                    .params()
                    .get("w")
                    .doubles();
            for (int i = 0; i < gradient.length; i++) {
                double g = gradient[i];
                double rate = 0.01 * Math.sqrt(1 - beta2) / (1 - 0.9);
                double step = rate * 0.1 * g / (Math.sqrt((1 - beta2) * g * g) + epsilon);
                assertThat(moved[i]).isCloseTo(-step, within(1e-12));
            }
        }
    }
}
