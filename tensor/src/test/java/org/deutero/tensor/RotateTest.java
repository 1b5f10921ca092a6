package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images turned by angles, which can be learned. */
@ExtendWith(InScope.class)
class RotateTest {
    private static final double QUARTER = Math.PI / 2;

    /** Counter-clockwise by a quarter: what was at the right is at the top. Each image has its own angle. */
    @Test
    void quarterTurnsMovePixels() {
        Tensor x =
                Tensor.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3).expand(3, -1, -1, -1);
        Tensor turned = Functional.rotate(x, Tensor.of(new double[] {QUARTER, -QUARTER, 0}, 3));
        assertThat(turned.select(0, 0).doubles())
                .containsExactly(new double[] {3, 6, 9, 2, 5, 8, 1, 4, 7}, within(1e-12));
        assertThat(turned.select(0, 1).doubles())
                .containsExactly(new double[] {7, 4, 1, 8, 5, 2, 9, 6, 3}, within(1e-12));
        assertThat(turned.select(0, 2).doubles()).containsExactly(x.select(0, 0).doubles(), within(1e-12));
    }

    /** By hand: an eighth turn of a single bright pixel at the right spreads between pixels, and outside is dark. */
    @Test
    void betweenPixelsItIsBilinear() {
        Tensor x = Tensor.of(new double[] {0, 0, 0, 0, 0, 1, 0, 0, 0}, 1, 1, 3, 3);
        double[] turned =
                Functional.rotate(x, Tensor.of(new double[] {QUARTER / 2}, 1)).doubles();
        double r = Math.sqrt(0.5);
        // The place at the top right shows the one at distance sqrt(2) to the right, beyond the middle of the last
        // pixel.
        assertThat(turned[2]).isCloseTo(1 - (Math.sqrt(2) - 1), within(1e-12));
        // That at the right shows (r, r) to the right and down; that at the top (r, -r).
        assertThat(turned[5]).isCloseTo(r * (1 - r), within(1e-12));
        assertThat(turned[1]).isCloseTo(r * (1 - r), within(1e-12));
        assertThat(turned[4]).isZero();
    }

    @Test
    void theSlopeByTheAngleIsThatOfDifferences() {
        Tensor x = Near.normal(1, 2, 2, 5, 5);
        Tensor weights = Near.normal(2, 2, 2, 5, 5);
        Params at = Params.of("angle", Tensor.of(new double[] {0.3, -0.7}, 2)).leaf();
        double[] slope = Autograd.gradient(value(x, weights, at.get("angle")), at, false)
                .get("angle")
                .doubles();
        double h = 1e-6;
        for (int i = 0; i < 2; i++) {
            double[] step = new double[2];
            step[i] = h;
            double difference = value(x, weights, at.get("angle").add(Tensor.of(step, 2)))
                            .item()
                    - value(x, weights, at.get("angle").sub(Tensor.of(step, 2))).item();
            assertThat(slope[i]).isCloseTo(difference / (2 * h), within(1e-7));
        }
    }

    private static Tensor value(Tensor x, Tensor weights, Tensor angles) {
        return Functional.rotate(x, angles).mul(weights).sum();
    }
}
