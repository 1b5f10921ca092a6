package org.deutero.experiment.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** EvoGrad in one dimension. */
class OneDimensionTest {
    /** F at the optimum, whose slope by theta is the exact hyper-gradient. */
    private static double judged(double theta) {
        return Math.pow(1 / (1 + theta) - 0.5, 2);
    }

    @Test
    void theExactHyperGradientIsTheSlopeAtTheOptimum() {
        for (double theta : new double[] {0.1, 0.7, 2}) {
            double slope = (judged(theta + 1e-6) - judged(theta - 1e-6)) / 2e-6;
            assertThat(OneDimension.exact(theta)).isCloseTo(slope, within(1e-8));
        }
    }

    /** An independent implementation found -0.320 with deviation 0.29 at 0.1, and 0.031 with 0.016 at 2, for 100 copies. */
    @Test
    void manyCopiesAgreeWithTheReference() {
        OneDimension problem = OneDimension.published(1);
        OneDimension.Point low = problem.point(100, 0.1, 3000);
        assertThat(low.mean()).isCloseTo(-0.320, within(0.03));
        assertThat(low.deviation()).isCloseTo(0.29, within(0.03));
        assertThat(problem.point(100, 2, 3000).mean()).isCloseTo(0.031, within(0.005));
    }

    @Test
    void jointDescentEndsAtOneAndNeverGoesBelowZero() {
        OneDimension problem = OneDimension.published(1);
        List<OneDimension.Path> paths = problem.descend(2, -1.8, 0.2, 0.1, 200, 50);
        assertThat(paths).allSatisfy(path -> {
            assertThat(path.x()[0]).isEqualTo(-1.8);
            assertThat(Arrays.stream(path.theta()).min().orElseThrow()).isNotNegative();
        });
        double exact = problem.descend(0, -1.8, 0.2, 0.1, 1500, 1).get(0).theta()[1500];
        assertThat(exact).isCloseTo(1, within(1e-6));
        double mean = problem.descend(100, -1.8, 0.2, 0.1, 300, 20).stream()
                .mapToDouble(path -> path.theta()[300])
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(1, within(0.05));
    }
}
