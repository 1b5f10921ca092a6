package org.deutero.tasks.images;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.deutero.tasks.DataException;

/** PNG and JPEG by way of the JDK, with the traps of {@code ImageIO} covered. */
final class PictureDecoder {

    /**
     * Larger pictures are read with rows and columns left out, so that one of the {@code maxPixels} that are allowed does not
     * take a gigabyte: what is left is still a hundred times more than a learner sees.
     */
    static final long WHOLE_PIXELS = 16_000_000;

    private static final int WHITE = 255;
    private static final int HALF = 128;
    private static final int NEARLY_WHITE = 224;

    private PictureDecoder() {}

    static Picture decode(byte[] file, String name, long maxPixels) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw PictureHeader.notReadable(file, name);
            }
            ImageReader reader = readers.next();
            try {
                return read(reader, in, file, name, maxPixels);
            } finally {
                reader.dispose();
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // RuntimeException: the JDK's decoders throw many kinds of it at damaged files.
            throw new DataException(
                    name + " cannot be decoded as an image: it is damaged or of a kind not supported", e);
        }
    }

    private static Picture read(ImageReader reader, ImageInputStream in, byte[] file, String name, long maxPixels)
            throws IOException {
        String format = reader.getFormatName().toLowerCase(Locale.ROOT);
        if (!format.equals("png") && !format.equals("jpeg")) {
            throw new DataException(name + " is a " + format + " image inside, but PNG or JPEG is expected");
        }
        List<String> warnings = new ArrayList<>();
        reader.setInput(in, true, true);
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        // Before decoding: a few kilobytes of PNG may stand for gigabytes of pixels.
        if ((long) width * height > maxPixels || width > Picture.MAX_SIDE || height > Picture.MAX_SIDE) {
            throw new DataException(name + " is " + width + "x" + height + " pixels, more than the limit of "
                    + maxPixels + " pixels and " + Picture.MAX_SIDE + " a side");
        }
        ImageReadParam param = reader.getDefaultReadParam();
        int step = step((long) width * height);
        param.setSourceSubsampling(step, step, 0, 0);
        Picture picture;
        if (format.equals("jpeg")) {
            JpegHeader header = JpegHeader.read(file);
            picture = header.components() == 4
                    ? Cmyk.toColour(reader.readRaster(0, param), header)
                    : of(reader.read(0, param));
            picture = picture.oriented(header.orientation());
        } else {
            picture = of(reader.read(0, param));
        }
        // The JPEG decoder fills what is missing with grey and only warns.
        for (String warning : warnings) {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                throw new DataException(name + " is cut off: " + warning);
            }
        }
        return picture;
    }

    /** Every how many-th row and column is read. */
    static int step(long pixels) {
        return (int) Math.max(1, Math.ceil(Math.sqrt((double) pixels / WHOLE_PIXELS)));
    }

    private static Picture of(BufferedImage image) {
        return isGrey(image) ? grey(image) : colour(image);
    }

    private static boolean isGrey(BufferedImage image) {
        return !(image.getColorModel() instanceof IndexColorModel)
                && image.getColorModel().getNumColorComponents() == 1;
    }

    /** Reads samples, since getRGB would push grey values through a gamma curve. */
    private static Picture grey(BufferedImage image) {
        Raster raster = image.getRaster();
        int height = image.getHeight();
        int width = image.getWidth();
        int shift = raster.getSampleModel().getSampleSize(0) - 8;
        boolean alpha = raster.getNumBands() > 1;
        int beneath = alpha ? beneath(image) : WHITE;
        byte[] pixels = new byte[height * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int value = eightBits(raster.getSample(x, y, 0), shift);
                if (alpha) {
                    value = on(beneath, value, eightBits(raster.getSample(x, y, 1), shift));
                }
                pixels[y * width + x] = (byte) value;
            }
        }
        return Picture.owning(1, height, width, pixels);
    }

    private static int eightBits(int sample, int shift) {
        return shift >= 0 ? sample >> shift : sample * 255 / ((1 << (8 + shift)) - 1);
    }

    /** Palette images land here too; those of pure grey shades are given one channel. */
    private static Picture colour(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        int plane = height * width;
        byte[] pixels = new byte[Math.multiplyExact(3, plane)];
        int[] line = new int[width];
        boolean grey = image.getColorModel() instanceof IndexColorModel;
        int beneath = image.getColorModel().hasAlpha() ? beneath(image) : WHITE;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, line, 0, width);
            for (int x = 0; x < width; x++) {
                int alpha = line[x] >>> 24;
                int r = on(beneath, line[x] >> 16 & 0xff, alpha);
                int g = on(beneath, line[x] >> 8 & 0xff, alpha);
                int b = on(beneath, line[x] & 0xff, alpha);
                grey &= r == g && g == b;
                int i = y * width + x;
                pixels[i] = (byte) r;
                pixels[plane + i] = (byte) g;
                pixels[2 * plane + i] = (byte) b;
            }
        }
        return grey
                ? Picture.owning(1, height, width, Arrays.copyOf(pixels, plane))
                : Picture.owning(3, height, width, pixels);
    }

    /** Transparent places show paper, not whatever colour was stored under them. */
    private static int on(int beneath, int value, int alpha) {
        return alpha == WHITE ? value : (value * alpha + beneath * (WHITE - alpha) + 127) / WHITE;
    }

    /** What lies under a transparent picture: white paper, or black where all that can be seen is nearly white and would vanish. */
    private static int beneath(BufferedImage image) {
        int[] line = new int[image.getWidth()];
        boolean transparent = false;
        boolean any = false;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, line.length, 1, line, 0, line.length);
            for (int argb : line) {
                boolean seen = argb >>> 24 >= HALF;
                transparent |= !seen;
                any |= seen;
                if (seen && Math.min(argb >> 16 & 0xff, Math.min(argb >> 8 & 0xff, argb & 0xff)) < NEARLY_WHITE) {
                    return WHITE;
                }
            }
        }
        return transparent && any ? 0 : WHITE;
    }

    /** An image that is decoded already. */
    static Picture picture(BufferedImage image) {
        return isGrey(image) ? grey(image) : colour(image);
    }
}
