package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.deutero.tasks.DataException;
import org.junit.jupiter.api.Test;

class PictureTest {

    private static Picture grey(int height, int width, int... values) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return Picture.of(1, height, width, pixels);
    }

    private static Picture noise(int channels, int height, int width) {
        byte[] pixels = new byte[channels * height * width];
        new Random(5).nextBytes(pixels);
        return Picture.of(channels, height, width, pixels);
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    @Test
    void areaAveragesBlocks() {
        Picture p = grey(2, 4, 10, 20, 100, 101, 30, 40, 102, 103);
        assertThat(p.resize(1, 2, Resampling.AREA)).isEqualTo(grey(1, 2, 25, 102)); // 101.5 rounds up
    }

    /** 3 to 2: each output covers one pixel and half of the middle one. */
    @Test
    void areaSharesPixelsThatAreCut() {
        assertThat(grey(1, 3, 0, 90, 240).resize(1, 2, Resampling.AREA)).isEqualTo(grey(1, 2, 30, 190));
        assertThat(grey(3, 1, 0, 90, 240).resize(2, 1, Resampling.AREA)).isEqualTo(grey(2, 1, 30, 190));
        // 3x3 to 2x2: weights 4 2 / 2 1 of 9 about each corner.
        Picture p = grey(3, 3, 9, 18, 27, 36, 45, 54, 63, 72, 81);
        assertThat(p.resize(2, 2, Resampling.AREA)).isEqualTo(grey(2, 2, 21, 33, 57, 69));
    }

    @Test
    void areaEnlargesByWholeFactorsByRepeating() {
        assertThat(grey(1, 2, 7, 200).resize(2, 4, Resampling.AREA))
                .isEqualTo(grey(2, 4, 7, 7, 200, 200, 7, 7, 200, 200));
    }

    /** Lanczos-3 from 2 to 4 pixels: output 0 lies 0.25 and 1.25 from the two inputs, output 1 lies 0.25 and 0.75. */
    @Test
    void lanczosAgreesWithItsFormula() {
        double a = lanczos(0.25);
        double b = lanczos(1.25);
        double c = lanczos(0.25);
        double d = lanczos(0.75);
        int first = clamp((100 * a + 180 * b) / (a + b));
        int second = clamp((100 * c + 180 * d) / (c + d));
        assertThat(grey(1, 2, 100, 180).resize(1, 4, Resampling.LANCZOS))
                .isEqualTo(grey(1, 4, first, second, 280 - second, 280 - first));
        assertThat(first).isLessThan(100); // the negative lobe overshoots
    }

    private static int clamp(double v) {
        return (int) Math.max(0, Math.min(255, Math.floor(v + 0.5)));
    }

    private static double lanczos(double x) {
        double t = Math.PI * x;
        return Math.sin(t) / t * Math.sin(t / 3) / (t / 3);
    }

    @Test
    void anEvenPictureStaysEven() {
        byte[] even = new byte[105 * 91];
        Arrays.fill(even, (byte) 255);
        for (Resampling kind : Resampling.values()) {
            byte[] out = Picture.of(1, 105, 91, even).resize(28, 130, kind).pixels();
            assertThat(out).hasSize(28 * 130).containsOnly(255);
        }
    }

    @Test
    void nearestTakesTheCentre() {
        assertThat(grey(1, 5, 1, 2, 3, 4, 5).resize(1, 2, Resampling.NEAREST)).isEqualTo(grey(1, 2, 2, 4));
    }

    @Test
    void turnsAnticlockwise() {
        Picture p = grey(2, 3, 1, 2, 3, 4, 5, 6);
        assertThat(p.rotate(1)).isEqualTo(grey(3, 2, 3, 6, 2, 5, 1, 4));
        assertThat(p.rotate(2)).isEqualTo(grey(2, 3, 6, 5, 4, 3, 2, 1));
        assertThat(p.rotate(-1)).isEqualTo(p.rotate(3)).isEqualTo(grey(3, 2, 4, 1, 5, 2, 6, 3));
    }

    @Test
    void fourQuarterTurnsAreIdentity() {
        Picture p = noise(3, 5, 7);
        assertThat(p.rotate(1).rotate(1).rotate(1).rotate(1)).isEqualTo(p);
        assertThat(p.rotate(1).rotate(1)).isEqualTo(p.rotate(2)).isNotEqualTo(p);
        assertThat(p.rotate(4)).isEqualTo(p);
    }

    @Test
    void turningAndShrinkingCommute() {
        Picture p = noise(1, 105, 105);
        for (Resampling kind : new Resampling[] {Resampling.AREA, Resampling.LANCZOS}) {
            assertThat(p.rotate(1).resize(28, 28, kind))
                    .isEqualTo(p.resize(28, 28, kind).rotate(1));
        }
    }

    @Test
    void greyIsWeighedAndInvertIsItsOwnInverse() {
        Picture p = Picture.of(3, 1, 1, new byte[] {(byte) 200, 100, 50});
        assertThat(p.toChannels(1)).isEqualTo(grey(1, 1, 124)); // 59.8 + 58.7 + 5.7 = 124.2
        assertThat(grey(1, 1, 9).toChannels(3)).isEqualTo(Picture.of(3, 1, 1, new byte[] {9, 9, 9}));
        assertThat(grey(1, 2, 0, 200).invert()).isEqualTo(grey(1, 2, 255, 55));
        Picture q = noise(3, 4, 4);
        assertThat(q.invert().invert()).isEqualTo(q);
    }

    @Test
    void decodesGreyWithoutAGammaCurve() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 3, 1, new int[] {10, 100, 250});
        assertThat(Picture.decode(encode(image, "png"), "x.png", 100)).isEqualTo(grey(1, 3, 10, 100, 250));
    }

    @Test
    void decodesOneBitColourAndTransparentImages() throws IOException {
        BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(1, 0, 0xffffffff);
        assertThat(Picture.decode(encode(bits, "png"), "x.png", 100)).isEqualTo(grey(1, 2, 0, 255));

        BufferedImage colour = new BufferedImage(1, 2, BufferedImage.TYPE_INT_RGB);
        colour.setRGB(0, 0, 0x010203);
        colour.setRGB(0, 1, 0xfffefd);
        assertThat(Picture.decode(encode(colour, "png"), "x.png", 100))
                .isEqualTo(Picture.of(3, 2, 1, new byte[] {1, (byte) 255, 2, (byte) 254, 3, (byte) 253}));

        BufferedImage clear = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(0, 0, 0x00000000);
        clear.setRGB(1, 0, 0xff000000);
        Picture p = Picture.decode(encode(clear, "png"), "x.png", 100);
        assertThat(p.at(0, 0, 0)).isEqualTo(255);
        assertThat(p.at(0, 0, 1)).isZero();
    }

    @Test
    void decodesJpeg() throws IOException {
        BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 16 * 8; i++) {
            image.setRGB(i % 16, i / 16, 0xc86432);
        }
        Picture p = Picture.decode(encode(image, "jpg"), "x.jpg", 1000);
        assertThat(p.toString()).isEqualTo("Picture[3x8x16]");
        assertThat(p.at(0, 4, 8)).isBetween(196, 204);
        assertThat(p.at(2, 4, 8)).isBetween(46, 54);
    }

    @Test
    void refusesTooManyPixelsBeforeDecoding() throws IOException {
        byte[] file = encode(new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_GRAY), "png");
        assertThatThrownBy(() -> Picture.decode(file, "huge.png", 59_999))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("huge.png")
                .hasMessageContaining("300x200");
    }

    @Test
    void refusesDamagedFilesByName() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
        }
        for (String format : new String[] {"png", "jpg"}) {
            byte[] file = encode(image, format);
            byte[] cut = Arrays.copyOf(file, file.length / 2);
            assertThatThrownBy(() -> Picture.decode(cut, "cut." + format, 10_000))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("cut." + format);
        }
        byte[] gif = encode(image, "gif");
        assertThatThrownBy(() -> Picture.decode(gif, "no.png", 10_000)).hasMessageContaining("gif");
        assertThatThrownBy(() -> Picture.decode(new byte[0], "empty.png", 10_000))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("empty.png");
    }

    @Test
    void refusesImpossibleSizes() {
        assertThatThrownBy(() -> noise(1, 2, 2).resize(0, 3, Resampling.AREA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot resize 2x2 to 0x3: sides must be 1 to 32000 pixels");
        assertThatThrownBy(() -> Picture.of(1, 2, 2, new byte[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 pixels are not an image of 1 channels and 2x2 pixels");
        assertThatThrownBy(() -> ImageFormat.grey(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("an image size of 0x0 is not possible: sides must be 1 to");
        assertThatThrownBy(() -> noise(1, 4, 4).crop(2, 2, 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a crop of 3x1 at 2, 2 does not lie within 4x4 pixels");
    }

    @Test
    void cropsAllChannels() {
        Picture p = noise(3, 4, 6);
        Picture c = p.crop(1, 2, 2, 3);
        assertThat(c.at(2, 1, 2)).isEqualTo(p.at(2, 2, 4));
        assertThat(c.at(0, 0, 0)).isEqualTo(p.at(0, 1, 2));
    }

    @Test
    void aPictureWrittenIsThePictureRead() {
        for (int channels : new int[] {1, 3}) {
            Picture p = noise(channels, 5, 7);
            assertThat(Picture.decode(p.png(), "p.png", 100)).isEqualTo(p);
        }
    }
}
