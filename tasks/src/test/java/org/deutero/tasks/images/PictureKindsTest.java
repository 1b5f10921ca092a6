package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.deutero.tasks.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cameras, scanners and printers write more kinds of files than the usual eight bits of colour. */
class PictureKindsTest {

    private static final int LIMIT = 100_000_000;

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    /** Puts a marker segment right after the start of a JPEG. */
    private static byte[] with(byte[] jpeg, int marker, byte[] body) {
        byte[] out = new byte[jpeg.length + 4 + body.length];
        out[0] = jpeg[0];
        out[1] = jpeg[1];
        out[2] = (byte) 0xff;
        out[3] = (byte) marker;
        out[4] = (byte) ((body.length + 2) >> 8);
        out[5] = (byte) (body.length + 2);
        System.arraycopy(body, 0, out, 6, body.length);
        System.arraycopy(jpeg, 2, out, 6 + body.length, jpeg.length - 2);
        return out;
    }

    private static byte[] exif(int orientation, boolean little) {
        byte[] big = {
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            2, //
            1,
            0x0f,
            0,
            2,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0, // another tag first
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0, //
            0,
            0,
            0,
            0
        };
        byte[] small = {
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'I',
            'I',
            42,
            0,
            8,
            0,
            0,
            0,
            1,
            0, //
            0x12,
            1,
            3,
            0,
            1,
            0,
            0,
            0,
            (byte) orientation,
            0,
            0,
            0, //
            0,
            0,
            0,
            0
        };
        return little ? small : big;
    }

    /** Four even quarters; the digits are the stored quarters that must be seen at top left, top right, bottom left and right. */
    @ParameterizedTest
    @CsvSource({
        "1, 0123", "2, 1032", "3, 3210", "4, 2301", "5, 0213", "6, 2031", "7, 3120", "8, 1302", "9, 0123", "0, 0123"
    })
    void honoursExifOrientation(int orientation, String seen) throws IOException {
        int[] shades = {20, 90, 160, 230};
        BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 64; x++) {
                image.setRGB(x, y, shades[2 * (y / 16) + x / 32] * 0x010101);
            }
        }
        byte[] jpeg = encode(image, "jpg");
        for (boolean little : new boolean[] {true, false}) {
            byte[] tagged = with(jpeg, 0xe1, exif(orientation, little));
            Picture p = Picture.decode(tagged, "x.jpg", LIMIT);
            boolean side = orientation >= 5 && orientation <= 8;
            assertThat(p.width()).isEqualTo(side ? 32 : 64);
            assertThat(p.height()).isEqualTo(side ? 64 : 32);
            for (int i = 0; i < 4; i++) {
                int y = (i / 2 * 2 + 1) * p.height() / 4;
                int x = (i % 2 * 2 + 1) * p.width() / 4;
                int expected = shades[seen.charAt(i) - '0'];
                assertThat(p.at(0, y, x)).isBetween(expected - 3, expected + 3);
            }
            assertThat(PictureHeader.read(tagged, "x.jpg").turned()).isEqualTo(orientation > 1 && orientation < 9);
        }
    }

    @Test
    void exifThatMakesNoSenseIsUpright() throws IOException {
        byte[] jpeg = encode(new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB), "jpg");
        byte[] wild = exif(6, false);
        Arrays.fill(wild, 10, 14, (byte) 0x7f); // the directory lies beyond the end
        assertThat(Picture.decode(with(jpeg, 0xe1, wild), "x.jpg", LIMIT).width())
                .isEqualTo(8);
        byte[] cut = Arrays.copyOf(exif(6, false), 9);
        assertThat(Picture.decode(with(jpeg, 0xe1, cut), "x.jpg", LIMIT).width())
                .isEqualTo(8);
    }

    private static byte[] fourBands(int... values) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, new Point());
        for (int i = 0; i < 256; i++) {
            raster.setPixel(i % 16, i / 16, values);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] adobe(int transform) {
        byte[] body = Arrays.copyOf("Adobe".getBytes(StandardCharsets.US_ASCII), 12);
        body[6] = 100;
        body[11] = (byte) transform;
        return body;
    }

    @Test
    void cmykBecomesColour() throws IOException {
        byte[] ink = fourBands(0, 255, 255, 0);
        byte[] paper = with(fourBands(255, 0, 0, 255), 0xee, adobe(0));
        byte[] ycck = with(fourBands(179, 171, 1, 255), 0xee, adobe(2));
        for (byte[] file : new byte[][] {ink, paper, ycck}) {
            assertThat(PictureHeader.read(file, "x.jpg").mode()).isEqualTo("CMYK");
            Picture p = Picture.decode(file, "x.jpg", LIMIT);
            assertThat(p.channels()).isEqualTo(3);
            assertThat(p.at(0, 8, 8)).isGreaterThan(248);
            assertThat(p.at(1, 8, 8)).isLessThan(8);
            assertThat(p.at(2, 8, 8)).isLessThan(8);
        }
        Picture dark = Picture.decode(with(fourBands(255, 255, 255, 51), 0xee, adobe(0)), "x.jpg", LIMIT);
        assertThat(dark.at(1, 8, 8)).isBetween(48, 54); // a fifth of the paper shows through the black
    }

    @Test
    void sixteenBitsBecomeEight() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setPixels(0, 0, 2, 1, new int[] {0x1234, 0xfedc});
        byte[] file = encode(grey, "png");
        assertThat(PictureHeader.read(file, "x.png").mode()).isEqualTo("16-bit grey");
        assertThat(Picture.decode(file, "x.png", LIMIT)).isEqualTo(Picture.of(1, 1, 2, new byte[] {0x12, (byte) 0xfe}));

        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 1, 1, 3, new Point());
        raster.setPixel(0, 0, new int[] {0x4040, 0x8080, 0xffff});
        byte[] colour = encode(new BufferedImage(model, raster, false, null), "png");
        assertThat(PictureHeader.read(colour, "x.png").mode()).isEqualTo("16-bit colour");
        assertThat(Picture.decode(colour, "x.png", LIMIT))
                .isEqualTo(Picture.of(3, 1, 1, new byte[] {0x40, (byte) 0x80, (byte) 0xff}));
    }

    @Test
    void palettesAndAlphaBecomeColourOnWhite() throws IOException {
        byte[] red = {0, (byte) 200};
        byte[] green = {10, 100};
        byte[] blue = {20, 50};
        BufferedImage palette =
                new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, red, green, blue));
        palette.getRaster().setPixels(0, 0, 2, 1, new int[] {0, 1});
        byte[] file = encode(palette, "png");
        assertThat(PictureHeader.read(file, "x.png").mode()).isEqualTo("palette");
        assertThat(Picture.decode(file, "x.png", LIMIT))
                .isEqualTo(Picture.of(3, 1, 2, new byte[] {0, (byte) 200, 10, 100, 20, 50}));

        BufferedImage half = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        half.setRGB(0, 0, 0x80000000);
        byte[] clear = encode(half, "png");
        assertThat(PictureHeader.read(clear, "x.png").mode()).isEqualTo("colour with alpha");
        assertThat(Picture.decode(clear, "x.png", LIMIT).at(0, 0, 0)).isEqualTo(127);
    }

    @Test
    void aPictureOfOnePixelFillsTheForm() throws IOException {
        BufferedImage one = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        one.setRGB(0, 0, 0x0a141e);
        for (Resampling kind : Resampling.values()) {
            Picture p = Picture.decode(encode(one, "png"), "x.png", LIMIT)
                    .as(ImageFormat.colour(7).with(kind));
            assertThat(Arrays.copyOf(p.pixels(), 49)).containsOnly(10);
        }
    }

    /** 100 megapixels: whole, they would take 300 MB as the JDK decodes them and as much again as ours. */
    @Test
    void aHugePictureIsReadWithRowsLeftOut() throws IOException {
        BufferedImage huge = new BufferedImage(10_000, 10_000, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < 10_000; y++) {
            for (int x = 5000; x < 10_000; x++) {
                huge.getRaster().setSample(x, y, 0, 1);
            }
        }
        byte[] file = encode(huge, "png");
        Picture p = Picture.decode(file, "huge.png", LIMIT);
        assertThat((long) p.width() * p.height()).isLessThanOrEqualTo(PictureDecoder.WHOLE_PIXELS);
        assertThat(p.width()).isEqualTo(3334);
        Picture small = p.as(ImageFormat.grey(4));
        assertThat(small.at(0, 2, 1)).isZero();
        assertThat(small.at(0, 2, 2)).isEqualTo(255);
        assertThatThrownBy(() -> Picture.decode(file, "huge.png", LIMIT - 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("huge.png is 10000x10000 pixels");
    }

    @Test
    void textIsNoPicture() {
        byte[] text = "just a text".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PictureHeader.read(text, "x.png"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("x.png is not a PNG or JPEG image");
        assertThatThrownBy(() -> Picture.decode(text, "x.png", LIMIT)).hasMessageContaining("not a PNG or JPEG");
    }

    @Test
    void otherFormatsAreNamed() {
        byte[] webp = "RIFFxxxxWEBPVP8 ....".getBytes(StandardCharsets.ISO_8859_1);
        byte[] heic = "\0\0\0\u0018ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Picture.decode(webp, "a.jpg", 100))
                .hasMessageContaining("a.jpg is not a PNG or JPEG image but WebP");
        assertThatThrownBy(() -> Picture.decode(heic, "a.jpg", 100)).hasMessageContaining("but HEIC");
    }
}
