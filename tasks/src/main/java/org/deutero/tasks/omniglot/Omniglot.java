package org.deutero.tasks.omniglot;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.images.Resampler;

/**
 * The Omniglot data set and its splits. Thread-safe; what was once loaded stays in memory while there is room.
 *
 * <p>Classes are characters, named {@code Alphabet/characterNN}: first the 964 of the 30 background alphabets, then the 659
 * of the 20 evaluation alphabets, each part in the order of its names. Each has 20 drawings, one by each drawer.
 *
 * <p>As published, ink is black (0) on white paper (255). The usual form, {@link #FORMAT}, is inverted: ink is 1, paper 0.
 * It averages areas; many published pipelines use Lanczos instead ({@code FORMAT.with(Resampling.LANCZOS)}). Turning a
 * drawing before or after it is resized gives the same image.
 */
public final class Omniglot {

    /** 28x28 grey, area-averaged, ink = 1. */
    public static final ImageFormat FORMAT = ImageFormat.grey(28).invert();

    /** Characters in all. */
    public static final int CLASSES = 1623;

    /** Drawings of each character. */
    public static final int DRAWINGS = Bundle.DRAWINGS;

    /** The side of a drawing as published, in pixels. */
    public static final int SIDE = StrokeCodec.SIDE;

    /** Characters that the alphabetical split has for training and validation together. */
    private static final int VINYALS_BORDER = 1200;

    private static final Set<String> VINYALS_VALIDATION =
            Set.of("Armenian", "Bengali", "Early_Aramaic", "Hebrew", "Mkhedruli_(Georgian)");

    private static final Map<ImageFormat, SoftReference<LabelledImages>> CACHE = new ConcurrentHashMap<>();

    private Omniglot() {}

    private static volatile Bundle bundle;

    static Bundle bundle() {
        if (bundle == null) {
            bundle = Bundle.read(); // two threads may both read it once: harmless
        }
        return bundle;
    }

    /** All 32,460 drawings in the usual form, {@link #FORMAT}. */
    public static LabelledImages images() {
        return images(FORMAT);
    }

    /** All 32,460 drawings in a form of one's choice; at full size they take 358 MB. */
    public static LabelledImages images(ImageFormat format) {
        SoftReference<LabelledImages> cached = CACHE.get(format);
        LabelledImages images = cached == null ? null : cached.get();
        if (images == null) {
            images = load(format);
            CACHE.put(format, new SoftReference<>(images));
        }
        return images;
    }

    private static LabelledImages load(ImageFormat format) {
        if (format.channels() != 1) {
            ImageFormat grey =
                    new ImageFormat(1, format.height(), format.width(), format.resampling(), format.inverted());
            return load(grey)
                    .as(new ImageFormat(
                            format.channels(), format.height(), format.width(), format.resampling(), false));
        }
        Resampler resampler = new Resampler(SIDE, SIDE, format.height(), format.width(), format.resampling());
        List<List<byte[]>> blocks = bundle().blocks().parallelStream()
                .map(block -> classes(block, resampler, format))
                .toList();
        LabelledImages.Builder builder = LabelledImages.builder("omniglot", 1, format.height(), format.width());
        int c = 0;
        for (List<byte[]> block : blocks) {
            for (byte[] pixels : block) {
                builder.add(classNames().get(c++), pixels);
            }
        }
        return builder.build();
    }

    private static List<byte[]> classes(Bundle.Block block, Resampler resampler, ImageFormat format) {
        byte[] code = block.inflate();
        byte[] drawing = new byte[SIDE * SIDE];
        List<byte[]> classes = new ArrayList<>();
        int at = 0;
        for (int c = 0; c < block.classes(); c++) {
            byte[] pixels = new byte[DRAWINGS * format.bytes()];
            for (int i = 0; i < DRAWINGS; i++) {
                at = StrokeCodec.decode(code, at, drawing);
                resampler.plane(drawing, 0, pixels, i * format.bytes());
            }
            if (format.inverted()) {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (byte) ~pixels[i];
                }
            }
            classes.add(pixels);
        }
        return classes;
    }

    /** One drawing as published: 105x105, ink 0, paper 255. */
    public static Picture drawing(int character, int item) {
        Objects.checkIndex(character, CLASSES);
        Objects.checkIndex(item, DRAWINGS);
        Bundle.Block block = bundle().blocks().get(character / Bundle.BLOCK);
        byte[] code = block.inflate();
        byte[] drawing = new byte[SIDE * SIDE];
        int at = 0;
        for (int i = 0; i <= (character - block.firstClass()) * DRAWINGS + item; i++) {
            at = StrokeCodec.decode(code, at, drawing);
        }
        return Picture.of(1, SIDE, SIDE, drawing);
    }

    /** All class names, {@code Alphabet/characterNN}, in class order. */
    public static List<String> classNames() {
        return bundle().classNames();
    }

    /** The alphabet of a character. */
    public static String alphabet(int character) {
        String name = classNames().get(character);
        return name.substring(0, name.indexOf('/'));
    }

    /** How many characters are of the background set; they come first. */
    public static int backgroundClasses() {
        return bundle().background();
    }

    /**
     * The alphabetical split after Vinyals et al. (2016), as distributed with prototypical networks: 1,028 characters to
     * train, 172 (five background alphabets) to validate, 423 to test. The first 1,200 characters in class order are
     * training and validation, the rest are test; the border falls within Gurmukhi.
     */
    public static ClassSplit vinyals() {
        List<Integer> train = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        for (int c = 0; c < VINYALS_BORDER; c++) {
            (VINYALS_VALIDATION.contains(alphabet(c)) ? validation : train).add(c);
        }
        return new ClassSplit(train, validation, range(VINYALS_BORDER, CLASSES));
    }

    /** Lake's own split: 964 background characters to train, 659 evaluation characters of other alphabets to test. */
    public static ClassSplit lake() {
        return new ClassSplit(range(0, backgroundClasses()), List.of(), range(backgroundClasses(), CLASSES));
    }

    /**
     * A random split, 1,200 characters to train and 423 to test, as in the MAML papers; easier than the alphabetical
     * one, since alphabets fall on both sides.
     */
    public static ClassSplit random(long seed) {
        return random(seed, 0);
    }

    /** As {@link #random(long)}, with some of the 1,200 set aside to validate: MAML's code uses 100. */
    public static ClassSplit random(long seed, int validation) {
        return ClassSplit.random(CLASSES, seed, VINYALS_BORDER - validation, validation, CLASSES - VINYALS_BORDER);
    }

    private static List<Integer> range(int from, int to) {
        List<Integer> list = new ArrayList<>();
        for (int i = from; i < to; i++) {
            list.add(i);
        }
        return Collections.unmodifiableList(list);
    }
}
