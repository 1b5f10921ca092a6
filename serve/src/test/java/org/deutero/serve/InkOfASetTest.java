package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.omniglot.Omniglot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawings that do not look like a pen's on wide paper, read as one set. */
class InkOfASetTest {
    private static final int SIDE = 28;
    private static final PictureReader READER =
            new PictureReader(new Preprocessing(Omniglot.FORMAT, Preprocessing.Kind.DRAWING), Optional.empty());

    /** Heavy letters without a margin: half to nine tenths of the picture are ink. */
    private static final List<Area> HEAVY = List.of(
            without(new Ellipse2D.Double(0, 0, 28, 28), new Rectangle(9, 9, 10, 10)), // O
            without(square(), new Rectangle(9, 6, 19, 5), new Rectangle(9, 17, 19, 5)), // E
            without(square(), new Rectangle(9, 0, 10, 10), new Rectangle(9, 18, 10, 10)), // H
            without(square(), new Rectangle(10, 10, 8, 8)), // a frame
            new Area(new Rectangle(7, 0, 14, 28)), // I
            without(new Polygon(new int[] {0, 14, 28}, new int[] {28, 0, 28}, 3), new Rectangle(12, 14, 4, 5)), // A
            new Area(new Polygon(new int[] {14, 28, 14, 0}, new int[] {0, 14, 28, 14}, 4)), // a diamond
            new Area(new Polygon(new int[] {0, 28, 14}, new int[] {0, 0, 28}, 3))); // V

    private static Rectangle square() {
        return new Rectangle(0, 0, SIDE, SIDE);
    }

    private static Area without(Shape shape, Rectangle... holes) {
        Area area = new Area(shape);
        for (Rectangle hole : holes) {
            area.subtract(new Area(hole));
        }
        return area;
    }

    private static BufferedImage heavy(int n, Color ink, Color ground) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(ground);
        g.fillRect(0, 0, SIDE, SIDE);
        g.setColor(ink);
        g.fill(HEAVY.get(n));
        g.dispose();
        return image;
    }

    private static PreparedSupport read(List<BufferedImage> images) {
        Support.Builder support = Support.builder();
        for (int i = 0; i < images.size(); i++) {
            support.add("class" + i, images.get(i));
        }
        return PreparedSupport.of(support.build(), READER);
    }

    private static double mean(float[] input) {
        double sum = 0;
        for (float v : input) {
            sum += v;
        }
        return sum / input.length;
    }

    /** Three quarters of a picture are ink, and its whole border; the others of the set tell which is ink. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void heavyLettersWithoutMarginsAreNeitherTurnedNorEmptied(boolean dark) {
        List<BufferedImage> images = new ArrayList<>();
        for (int n = 0; n < HEAVY.size(); n++) {
            images.add(heavy(n, dark ? Color.BLACK : Color.WHITE, dark ? Color.WHITE : Color.BLACK));
        }
        PreparedSupport read = read(images);
        assertThat(read.reader().preprocessing().ink())
                .contains(dark ? Preprocessing.Ink.DARK : Preprocessing.Ink.LIGHT);
        for (int n = 0; n < HEAVY.size(); n++) {
            double share = mean(
                    Picture.of(heavy(n, Color.WHITE, Color.BLACK)).toChannels(1).units());
            double shown = (double) SIDE * SIDE / ((SIDE + 4) * (SIDE + 4));
            assertThat(mean(read.classes().get(n).get(0)))
                    .as("letter %d", n)
                    .isBetween(share * shown - 0.05, share * shown + 0.05);
        }
    }

    /** Each by itself would be taken for light ink on dark ground. */
    @Test
    void aSetHasOneInk() {
        List<BufferedImage> images = new ArrayList<>(List.of(heavy(3, Color.BLACK, Color.WHITE)));
        for (int n = 0; n < 4; n++) {
            images.add(Letters.image(n, 1));
        }
        assertThat(InkReader.darkInk(Picture.of(images.get(0)))).isNegative();
        PreparedSupport read = read(images);
        assertThat(read.reader().preprocessing().ink()).contains(Preprocessing.Ink.DARK);
        assertThat(mean(read.classes().get(0).get(0))).isGreaterThan(0.5);
    }

    /** A pencil's grey on paper with grain that is nearly as strong. */
    @Test
    void faintPencilIsSeen() {
        SplittableRandom rng = new SplittableRandom(7);
        List<BufferedImage> images = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            BufferedImage letter = Letters.image(n, 2);
            BufferedImage faint = new BufferedImage(105, 105, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 105 * 105; i++) {
                boolean ink = letter.getRaster().getSample(i % 105, i / 105, 0) < 128;
                int grain = rng.nextInt(15) - 7;
                faint.getRaster().setSample(i % 105, i / 105, 0, (ink ? 190 : 230) + grain);
            }
            images.add(faint);
        }
        PreparedSupport read = read(images);
        assertThat(read.reader().preprocessing().ink()).contains(Preprocessing.Ink.DARK);
        for (int n = 0; n < 5; n++) {
            float[] clean = READER.input(Picture.of(Letters.image(n, 2)));
            assertThat(correlation(read.classes().get(n).get(0), clean))
                    .as("letter %d", n)
                    .isGreaterThan(0.8);
        }
    }

    private static double correlation(float[] a, float[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb + 1e-12);
    }

    /** Black or white ink on nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 255})
    void transparentGroundIsGround(int ink) {
        for (int n = 0; n < 5; n++) {
            BufferedImage letter = Letters.image(n, 3);
            BufferedImage image = new BufferedImage(105, 105, BufferedImage.TYPE_INT_ARGB);
            for (int i = 0; i < 105 * 105; i++) {
                boolean isInk = letter.getRaster().getSample(i % 105, i / 105, 0) < 128;
                image.setRGB(i % 105, i / 105, isInk ? 0xff000000 | ink * 0x010101 : 0);
            }
            assertThat(READER.input(Picture.of(image))).isEqualTo(READER.input(Picture.of(letter)));
        }
    }

    /** The ringing of a JPEG file around heavy letters is no ink. */
    @Test
    void jpegNoiseIsNoInk() throws IOException {
        List<BufferedImage> plain = new ArrayList<>();
        List<BufferedImage> compressed = new ArrayList<>();
        for (int n = 0; n < HEAVY.size(); n++) {
            plain.add(heavy(n, Color.BLACK, Color.WHITE));
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ImageIO.write(plain.get(n), "jpg", file);
            compressed.add(Letters.image(Picture.decode(file.toByteArray(), "letter", 10_000)));
        }
        PreparedSupport expected = read(plain);
        PreparedSupport read = read(compressed);
        for (int n = 0; n < HEAVY.size(); n++) {
            assertThat(correlation(
                            read.classes().get(n).get(0),
                            expected.classes().get(n).get(0)))
                    .as("letter %d", n)
                    .isGreaterThan(0.95);
        }
    }

    /** The file of a classifier tells which ink its examples had, and a question is read like them. */
    @Test
    void theFileRemembersTheInk(@TempDir Path folder) {
        Path file = folder.resolve("heavy.dtr");
        Support.Builder support = Support.builder();
        for (int n = 0; n < HEAVY.size(); n++) {
            support.add("letter" + n, heavy(n, Color.WHITE, Color.BLACK));
        }
        try (TrainedLearner learner = Artifacts.builtin("omniglot-narrow");
                FewShotClassifier made = learner.adapt(support.build())) {
            assertThat(learner.description().preprocessing().ink()).isEmpty();
            made.save(file);
        }
        try (FewShotClassifier loaded = Artifacts.classifier(file)) {
            assertThat(loaded.description().preprocessing().ink()).contains(Preprocessing.Ink.LIGHT);
            for (int n = 0; n < HEAVY.size(); n++) {
                assertThat(loaded.predict(heavy(n, Color.WHITE, Color.BLACK)).label())
                        .isEqualTo("letter" + n);
            }
        }
    }
}
