package org.deutero.serve;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.omniglot.Omniglot;

/** Drawings of characters that no learner was trained on, as pictures of all kinds. */
public final class Letters {
    private static final List<Integer> CHARACTERS = Omniglot.vinyals().test();

    /** Those that were asked for: to read one is to unpack its block. */
    private static final Map<List<Integer>, BufferedImage> IMAGES = new ConcurrentHashMap<>();

    private Letters() {}

    /** Drawing {@code item} of the {@code n}th test character, black on white, 105x105; not to be drawn on. */
    public static BufferedImage image(int n, int item) {
        return IMAGES.computeIfAbsent(List.of(n, item), key -> image(Omniglot.drawing(CHARACTERS.get(7 * n), item)));
    }

    static BufferedImage image(Picture p) {
        BufferedImage image = new BufferedImage(
                p.width(), p.height(), p.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < p.height(); y++) {
            for (int x = 0; x < p.width(); x++) {
                if (p.channels() == 1) {
                    image.getRaster().setSample(x, y, 0, p.at(0, y, x));
                } else {
                    image.setRGB(x, y, p.at(0, y, x) << 16 | p.at(1, y, x) << 8 | p.at(2, y, x));
                }
            }
        }
        return image;
    }

    static byte[] png(BufferedImage image) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code folder/letterN/M.png}: {@code shots[n]} drawings of the nth character. */
    public static Path folder(Path folder, int... shots) throws IOException {
        for (int n = 0; n < shots.length; n++) {
            Path part = Files.createDirectories(folder.resolve("letter" + n));
            for (int i = 0; i < shots[n]; i++) {
                Files.write(part.resolve(i + ".png"), png(image(n, i)));
            }
        }
        return folder;
    }

    /** The same in memory. */
    static Support support(int... shots) {
        Support.Builder support = Support.builder();
        for (int n = 0; n < shots.length; n++) {
            for (int i = 0; i < shots[n]; i++) {
                support.add("letter" + n, image(n, i));
            }
        }
        return support.build();
    }
}
