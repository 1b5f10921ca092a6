package org.deutero.tasks.images;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deutero.tasks.DataException;
import org.deutero.tensor.Tensor;

/**
 * A data set of labelled images in memory: for each class any number of images, all of one form. Immutable and
 * thread-safe.
 *
 * <p>Pixels are unsigned bytes {@code [channels, height, width]}; as floats they are {@code value / 255}, in [0, 1].
 */
public final class LabelledImages {

    private final String name;
    private final int channels;
    private final int height;
    private final int width;
    private final List<String> classNames;
    private final List<byte[]> pixels;

    private LabelledImages(
            String name, int channels, int height, int width, List<String> classNames, List<byte[]> pixels) {
        this.name = name;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.classNames = List.copyOf(classNames);
        this.pixels = List.copyOf(pixels);
    }

    /** Starts a data set whose images are {@code [channels, height, width]}. */
    public static Builder builder(String name, int channels, int height, int width) {
        return new Builder(name, channels, height, width);
    }

    /** Collects classes, in order. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final int channels;
        private final int height;
        private final int width;
        private final List<String> classNames = new ArrayList<>();
        private final List<byte[]> pixels = new ArrayList<>();

        private Builder(String name, int channels, int height, int width) {
            new ImageFormat(channels, height, width, Resampling.AREA, false); // for its checks
            this.name = name;
            this.channels = channels;
            this.height = height;
            this.width = width;
        }

        /**
         * Adds a class.
         *
         * @param images its images one after another; the array is taken over and must not be written to afterwards
         * @throws DataException if there is no image in it, or the bytes are not whole images
         */
        public Builder add(String className, byte[] images) {
            int size = channels * height * width;
            if (images.length == 0) {
                throw new DataException("class '" + className + "' of " + name + " has no images");
            }
            if (images.length % size != 0) {
                throw new DataException("class '" + className + "' of " + name + " has " + images.length
                        + " bytes, which is no whole number of " + channels + "x" + height + "x" + width + " images");
            }
            classNames.add(className);
            pixels.add(images);
            return this;
        }

        /** The data set; refuses one without classes and one with two classes of the same name. */
        public LabelledImages build() {
            if (classNames.isEmpty()) {
                throw new DataException(name + " has no classes");
            }
            if (classNames.stream().distinct().count() != classNames.size()) {
                String twice = classNames.stream()
                        .filter(c -> classNames.indexOf(c) != classNames.lastIndexOf(c))
                        .findFirst()
                        .orElseThrow();
                throw new DataException(name + " has two classes named '" + twice + "'");
            }
            return new LabelledImages(name, channels, height, width, classNames, pixels);
        }
    }

    /** What the data set is called in errors and reports. */
    public String name() {
        return name;
    }

    public int channels() {
        return channels;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** Number of classes. */
    public int classes() {
        return pixels.size();
    }

    /** All class names, in class order. */
    public List<String> classNames() {
        return classNames;
    }

    public String className(int c) {
        return classNames.get(c);
    }

    /** Number of images of a class. */
    public int count(int c) {
        return pixels.get(c).length / imageSize();
    }

    /** Number of images of all classes. */
    public int total() {
        return IntStream.range(0, classes()).map(this::count).sum();
    }

    /** Bytes of one image. */
    public int imageSize() {
        return channels * height * width;
    }

    /** One image. */
    public Picture image(int c, int item) {
        Objects.checkIndex(item, count(c));
        byte[] one = new byte[imageSize()];
        System.arraycopy(pixels.get(c), item * one.length, one, 0, one.length);
        return Picture.owning(channels, height, width, one);
    }

    /** Writes the pixels of all images of a class, one image after another. */
    public void writeTo(int c, OutputStream out) throws IOException {
        out.write(pixels.get(c));
    }

    /** All images of a class as float32 {@code [n, channels, height, width]} in [0, 1]: for work without episodes. */
    public Tensor tensor(int c) {
        float[] out = new float[pixels.get(c).length];
        for (int i = 0; i < count(c); i++) {
            copyTo(c, i, null, out, i * imageSize());
        }
        return Tensor.of(out, count(c), channels, height, width);
    }

    /** Writes one image as floats in [0, 1], {@code [channels, height, width]}, from {@code offset}. */
    public void copyTo(int c, int item, float[] out, int offset) {
        copyTo(c, Objects.checkIndex(item, count(c)), null, out, offset);
    }

    /**
     * Writes one image as floats.
     *
     * @param map where each pixel of a plane comes from, {@link Picture#rotationMap}; null for upright
     */
    void copyTo(int c, int item, int[] map, float[] out, int offset) {
        byte[] all = pixels.get(c);
        int size = imageSize();
        int start = item * size;
        if (map == null) {
            for (int i = 0; i < size; i++) {
                out[offset + i] = Picture.unit(all[start + i]);
            }
            return;
        }
        for (int plane = 0; plane < size; plane += map.length) {
            for (int i = 0; i < map.length; i++) {
                out[offset + plane + i] = Picture.unit(all[start + plane + map[i]]);
            }
        }
    }

    /** The central square of every image, of {@code side} pixels a side. */
    public LabelledImages centre(int side) {
        Builder builder = builder(name, channels, side, side);
        for (int c = 0; c < classes(); c++) {
            byte[] out = new byte[Math.multiplyExact(count(c), channels * side * side)];
            for (int i = 0; i < count(c); i++) {
                image(c, i)
                        .crop((height - side) / 2, (width - side) / 2, side, side)
                        .copyTo(out, i * channels * side * side);
            }
            builder.add(className(c), out);
        }
        return builder.build();
    }

    /** The same images in another form. */
    public LabelledImages as(ImageFormat format) {
        List<byte[]> converted = IntStream.range(0, classes())
                .parallel()
                .mapToObj(c -> {
                    byte[] out = new byte[Math.multiplyExact(count(c), format.bytes())];
                    for (int i = 0; i < count(c); i++) {
                        image(c, i).as(format).copyTo(out, i * format.bytes());
                    }
                    return out;
                })
                .toList();
        return new LabelledImages(name, format.channels(), format.height(), format.width(), classNames, converted);
    }

    /** Only some classes, in the order given; they count from 0 again. */
    public LabelledImages select(List<Integer> classes) {
        Builder builder = builder(name, channels, height, width);
        for (int c : classes) {
            if (c < 0 || c >= classes()) {
                throw new DataException("there is no class " + c + " in " + name + ", which has " + classes());
            }
            builder.add(className(c), pixels.get(c));
        }
        return builder.build();
    }

    /** This data set's classes, then the other's; both must be of one form and share no class name. */
    public LabelledImages and(LabelledImages other) {
        if (channels != other.channels || height != other.height || width != other.width) {
            throw new DataException(this + " and " + other + " cannot be joined: their images differ in form");
        }
        Builder builder = builder(name + "+" + other.name, channels, height, width);
        for (LabelledImages part : List.of(this, other)) {
            for (int c = 0; c < part.classes(); c++) {
                builder.add(part.className(c), part.pixels.get(c));
            }
        }
        return builder.build();
    }

    /** The same data under another name. */
    public LabelledImages named(String other) {
        return new LabelledImages(other, channels, height, width, classNames, pixels);
    }

    /** The same data under other class names, one for each class. */
    LabelledImages renamed(List<String> names) {
        Builder builder = builder(name, channels, height, width);
        for (int c = 0; c < classes(); c++) {
            builder.add(names.get(c), pixels.get(c));
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return name + " (" + classes() + " classes, " + total() + " images of " + channels + "x" + height + "x" + width
                + ")";
    }
}
