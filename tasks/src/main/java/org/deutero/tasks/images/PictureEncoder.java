package org.deutero.tasks.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG by way of the JDK: the counterpart of {@link PictureDecoder}. */
final class PictureEncoder {

    private PictureEncoder() {}

    static byte[] png(Picture picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // In memory: ImageIO would by itself put a temporary file on the disk for each picture.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(picture.channels() == 1 ? grey(picture) : colour(picture), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** Writes samples, since setRGB would push grey values through a gamma curve. */
    private static BufferedImage grey(Picture picture) {
        int width = picture.width();
        BufferedImage image = new BufferedImage(width, picture.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, picture.at(0, y, x));
            }
        }
        return image;
    }

    private static BufferedImage colour(Picture picture) {
        int width = picture.width();
        BufferedImage image = new BufferedImage(width, picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, picture.at(0, y, x) << 16 | picture.at(1, y, x) << 8 | picture.at(2, y, x));
            }
        }
        return image;
    }
}
