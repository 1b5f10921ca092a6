package org.deutero.tasks.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Reference.Forecast;
import org.deutero.tasks.SetSizes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GaussianProcessesTest {
    private static final RadialKernel KERNEL = new RadialKernel(0.4, 1, 0.02);
    private static final SetSizes TRAINING = new SetSizes(3, 9, 2, 9, 100);

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Episodes onGrid(int shown, long seed) {
        return GaussianProcesses.of(KERNEL, SetSizes.of(shown), 30).sample(4, new SplittableRandom(seed));
    }

    @Test
    void queriesOfTrainingBeginWithThePointsShown() {
        SplittableRandom rng = new SplittableRandom(1);
        GaussianProcesses source = GaussianProcesses.of(KERNEL, TRAINING, 0);
        for (int i = 0; i < 50; i++) {
            Episodes e = source.sample(3, rng);
            int n = e.supportSize();
            assertThat(n).isBetween(3, 9);
            assertThat(e.querySize() - n).isBetween(2, 9);
            assertThat(e.queryX().slice(1, 0, n).sub(e.supportX()).abs().sum().item())
                    .isZero();
            assertThat(e.queryY().slice(1, 0, n).sub(e.supportY()).abs().sum().item())
                    .isZero();
            assertThat(e.queryX().abs().reshape(-1).max(0).item()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aFunctionDoesNotDependOnHowMuchIsShownOfIt() {
        Episodes few = onGrid(3, 5);
        Episodes many = onGrid(20, 5);
        assertThat(few.queryY().doubles()).containsExactly(many.queryY().doubles());
        assertThat(few.supportX().doubles())
                .containsExactly(many.supportX().slice(1, 0, 3).contiguous().doubles());
        assertThat(few.supportY().doubles())
                .containsExactly(many.supportY().slice(1, 0, 3).contiguous().doubles());
    }

    @Test
    void drawingInTwoPartsIsDrawingAtOnceForFixedNumbersOfPoints() {
        GaussianProcesses source = GaussianProcesses.of(KERNEL, SetSizes.of(4), 10);
        SplittableRandom rng = new SplittableRandom(2);
        source.sample(2, rng);
        double[] last = source.sample(3, rng).queryY().doubles();
        double[] all = source.sample(5, new SplittableRandom(2))
                .queryY()
                .slice(0, 2, 5)
                .contiguous()
                .doubles();
        assertThat(all).containsExactly(last);
    }

    /** Over many functions, values have the covariance of the kernel. */
    @Test
    void valuesHaveTheCovarianceOfTheKernel() {
        int functions = 20_000;
        GaussianProcesses source = new GaussianProcesses(KERNEL, KERNEL, SetSizes.of(1), 9, DType.FLOAT64);
        Tensor y = source.sample(functions, new SplittableRandom(3)).queryY().squeeze(2);
        double[] covariance = y.transpose(0, 1).matmul(y).div(functions).doubles();
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                double expected = KERNEL.covariance(0.5 * i, 0.5 * j) + (i == j ? 0.0004 : 0);
                assertThat(covariance[9 * i + j]).isCloseTo(expected, within(0.04));
            }
        }
    }

    /** With one point, mean and variance have a form that fits in a line. */
    @Test
    void thePosteriorOfOnePointIsItsClosedForm() {
        RadialKernel kernel = new RadialKernel(0.5, 2, 0.1);
        RadialKernel.Posterior p = kernel.posterior(new double[] {0.3}, new double[] {1.5}, new double[] {0.8, 0.3});
        double k = 4 * Math.exp(-0.5);
        assertThat(p.mean()[0]).isCloseTo(k / 4.01 * 1.5, within(1e-14));
        assertThat(p.deviation()[0]).isCloseTo(Math.sqrt(4.01 - k * k / 4.01), within(1e-14));
        assertThat(p.mean()[1]).isCloseTo(4 / 4.01 * 1.5, within(1e-14));
    }

    /** A posterior that is right is as wrong as it says: errors in units of its deviation have variance 1. */
    @Test
    void thePosteriorIsCalibrated() {
        RadialKernel least = new RadialKernel(0.1, 0.1, 0.02);
        RadialKernel most = new RadialKernel(0.6, 1, 0.02);
        GaussianProcesses source = new GaussianProcesses(least, most, SetSizes.of(8), 40, DType.FLOAT64);
        Forecast f = new ExactPosterior(source).forecast(500, new SplittableRandom(4));
        Tensor errors = f.tasks().queryY().sub(f.mean()).div(f.deviation().orElseThrow());
        assertThat(errors.square().mean().item()).isCloseTo(1, within(0.05));
        assertThat(errors.mean().item()).isCloseTo(0, within(0.05));
        assertThat(f.tasks().queryY().doubles())
                .containsExactly(
                        source.sample(500, new SplittableRandom(4)).queryY().doubles());
    }

    @Test
    void kernelsAreDrawnForEachFunction() {
        RadialKernel least = new RadialKernel(0.1, 0.1, 0.02);
        RadialKernel most = new RadialKernel(0.6, 1, 0.02);
        var batch = new GaussianProcesses(least, most, TRAINING, 0, DType.FLOAT32).draw(50, new SplittableRandom(1));
        assertThat(batch.kernels().stream()
                        .mapToDouble(RadialKernel::length)
                        .distinct()
                        .count())
                .isEqualTo(50);
        assertThat(batch.kernels()).allMatch(k -> k.length() >= 0.1 && k.length() < 0.6 && k.scale() < 1);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new SetSizes(3, 9, 2, 9, 10))
                .hasMessageContaining("leave no room for 9 points and 2 more");
        assertThatThrownBy(() -> new RadialKernel(0.4, 1, 0)).hasMessageContaining("must be positive");
        assertThatThrownBy(() -> GaussianProcesses.of(KERNEL, TRAINING, 1)).hasMessageContaining("at least 2 points");
    }
}
