package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Reference.Forecast;
import org.deutero.tasks.SetSizes;
import org.deutero.tasks.images.Pixels.Order;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PixelsTest {
    /** Two classes of 4x4 pictures; pixel p of picture i of class c has the value 16 c + 5 i + p. */
    private static final LabelledImages IMAGES = LabelledImages.builder("tiny", 1, 4, 4)
            .add("a", bytes(0, 5))
            .add("b", bytes(16))
            .build();

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static byte[] bytes(int... starts) {
        byte[] out = new byte[16 * starts.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (starts[i / 16] + i % 16);
        }
        return out;
    }

    private static Pixels pixels(SetSizes sizes, Order order, boolean whole) {
        return new Pixels(IMAGES, List.of(0, 1), sizes, order, whole);
    }

    @Test
    void wholePicturesStandRowByRow() {
        Episodes e = pixels(SetSizes.of(3), Order.RANDOM, true).sample(1, new SplittableRandom(1));
        double[] x = e.queryX().doubles();
        double[] y = e.queryY().doubles();
        for (int p = 0; p < 16; p++) {
            assertThat(x[2 * p]).isEqualTo((p / 4 - 2) / 2.0);
            assertThat(x[2 * p + 1]).isEqualTo((p % 4 - 2) / 2.0);
            assertThat(255 * (y[p] - y[0])).isCloseTo(p, within(1e-4));
        }
    }

    @Test
    void shownPixelsAreThoseOfThePicture() {
        Episodes e = pixels(SetSizes.of(6), Order.RANDOM, true).sample(5, new SplittableRandom(2));
        for (int t = 0; t < 5; t++) {
            double[] x = e.supportX().select(0, t).contiguous().doubles();
            double[] y = e.supportY().select(0, t).contiguous().doubles();
            double[] all = e.queryY().select(0, t).contiguous().doubles();
            int[] places = new int[6];
            for (int i = 0; i < 6; i++) {
                places[i] = (int) Math.round(4 * (2 * x[2 * i] + 2) + 2 * x[2 * i + 1] + 2);
                assertThat(y[i]).isEqualTo(all[places[i]]);
            }
            assertThat(Arrays.stream(places).distinct().count()).isEqualTo(6);
        }
    }

    @Test
    void queriesOfTrainingBeginWithThePixelsShown() {
        Episodes e = pixels(new SetSizes(3, 5, 1, 20, 100), Order.RANDOM, false).sample(4, new SplittableRandom(3));
        int n = e.supportSize();
        assertThat(e.querySize()).isGreaterThan(n).isLessThanOrEqualTo(16);
        assertThat(e.queryX().slice(1, 0, n).sub(e.supportX()).abs().sum().item())
                .isZero();
    }

    @Test
    void theFirstOfManyPixelsAreTheFewer() {
        for (Order order : Order.values()) {
            Episodes few = pixels(SetSizes.of(3), order, true).sample(2, new SplittableRandom(4));
            Episodes many = pixels(SetSizes.of(8), order, true).sample(2, new SplittableRandom(4));
            assertThat(few.supportX().doubles())
                    .containsExactly(many.supportX().slice(1, 0, 3).contiguous().doubles());
        }
    }

    @Test
    void rasterShowsTheTop() {
        Episodes e = pixels(new SetSizes(5, 5, 4, 4, 9), Order.RASTER, false).sample(1, new SplittableRandom(5));
        assertThat(e.supportX().doubles()).containsExactly(-1, -1, -1, -0.5, -1, 0, -1, 0.5, -0.5, -1);
        assertThat(e.querySize()).isEqualTo(9);
    }

    @Test
    void theNearestPixelIsCopied() {
        Pixels source = pixels(SetSizes.of(16), Order.RANDOM, true);
        Forecast f = new NearestPixel(source).forecast(3, new SplittableRandom(6));
        assertThat(f.mean().sub(f.tasks().queryY()).abs().sum().item()).isZero();
        Forecast one =
                new NearestPixel(pixels(SetSizes.of(1), Order.RASTER, true)).forecast(1, new SplittableRandom(6));
        assertThat(one.mean().doubles()).containsOnly(one.tasks().queryY().doubles()[0]);
    }

    @Test
    void theMeanImageIsThatOfTrainingClasses() {
        Pixels source = pixels(SetSizes.of(2), Order.RANDOM, true);
        Forecast f =
                new MeanImage(source, MeanImage.Moments.of(IMAGES, List.of(0))).forecast(2, new SplittableRandom(7));
        double[] mean = f.mean().contiguous().doubles();
        for (int p = 0; p < 32; p++) {
            assertThat(mean[p]).isCloseTo((2.5 + p % 16) / 255 - 0.5, within(1e-6));
        }
        assertThat(f.deviation().orElseThrow().contiguous().doubles()).containsOnly((double) 0.1f);
    }

    @Test
    void moreThanThereIsIsRefused() {
        assertThatThrownBy(() -> pixels(SetSizes.of(17), Order.RANDOM, true))
                .hasMessageContaining("an image of 4x4 pixels cannot show 17");
    }
}
