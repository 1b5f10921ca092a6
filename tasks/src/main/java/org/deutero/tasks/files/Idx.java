package org.deutero.tasks.files;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tensor.files.FileReasons;

/**
 * The IDX format of MNIST: a magic number (two zero bytes, a type, the number of dimensions), a big-endian 32-bit size for each
 * dimension, then the values; here always unsigned bytes. Plain or gzipped; which of the two is seen from the content.
 */
public final class Idx {

    private static final int UNSIGNED_BYTE = 0x08;

    private final Path file;
    private final int[] shape;
    private final byte[] values;

    private Idx(Path file, int[] shape, byte[] values) {
        this.file = file;
        this.shape = shape;
        this.values = values;
    }

    /**
     * Reads one file.
     *
     * @param dimensions how many it must have: 3 for images, 1 for labels
     * @throws DataException if it is missing, of another kind, cut off, or longer than its header says
     */
    public static Idx read(Path file, int dimensions) {
        try (InputStream in = open(file)) {
            int magic = readInt(in, file);
            int expected = UNSIGNED_BYTE << 8 | dimensions;
            if (magic != expected) {
                throw new DataException(String.format(
                        "%s starts with %d (0x%08x), but an IDX file of unsigned bytes with %d %s starts with %d",
                        file, magic, magic, dimensions, dimensions == 1 ? "dimension" : "dimensions", expected));
            }
            int[] shape = new int[dimensions];
            long size = 1;
            for (int d = 0; d < dimensions; d++) {
                shape[d] = readInt(in, file);
                size = shape[d] < 0 ? -1 : size * shape[d];
                if (size < 0 || size > Integer.MAX_VALUE - 16) {
                    throw new DataException(file + " claims a shape of " + Arrays.toString(shape)
                            + ", which is more than can be held in memory");
                }
            }
            // readNBytes grows as data comes, so a false size in the header costs no memory.
            byte[] values = in.readNBytes((int) size);
            if (values.length < size) {
                throw new DataException(file + " is cut off: its header promises " + size + " values, but only "
                        + values.length + " follow");
            }
            if (in.read() >= 0) {
                throw new DataException(file + " goes on after the " + size + " values that its header promises");
            }
            return new Idx(file, shape, values);
        } catch (EOFException e) {
            throw new DataException(file + " is cut off within its compressed data", e);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + FileReasons.of(e), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + " does not exist; expected an IDX file, plain or gzipped");
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return gzip ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static int readInt(InputStream in, Path file) throws IOException {
        byte[] b = in.readNBytes(4);
        if (b.length < 4) {
            throw new DataException(file + " is cut off within its IDX header");
        }
        return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
    }

    /** Sizes of the dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** A copy of the values, the last dimension fastest. */
    public byte[] values() {
        return values.clone();
    }

    /**
     * Sorts images by their labels; within a class they keep the order of the file.
     *
     * @param name what to call the data set
     * @param images IDX file {@code [n, height, width]}
     * @param labels IDX file {@code [n]} of class numbers
     * @param classNames one for each class number; every one must occur
     */
    public static LabelledImages labelled(String name, Path images, Path labels, List<String> classNames) {
        Idx pixels = read(images, 3);
        Idx numbers = read(labels, 1);
        int n = pixels.shape[0];
        if (numbers.shape[0] != n) {
            throw new DataException(
                    images + " holds " + n + " images, but " + labels + " holds " + numbers.shape[0] + " labels");
        }
        int size = pixels.shape[1] * pixels.shape[2];
        if (size == 0) {
            throw new DataException(images + " holds images of " + pixels.shape[1] + "x" + pixels.shape[2] + " pixels");
        }
        int[] counts = new int[classNames.size()];
        for (int i = 0; i < n; i++) {
            int label = numbers.values[i] & 0xff;
            if (label >= counts.length) {
                throw new DataException(labels + " gives item " + i + " the label " + label + ", but there are only "
                        + counts.length + " classes (0 to " + (counts.length - 1) + ")");
            }
            counts[label]++;
        }
        byte[][] byClass = new byte[counts.length][];
        for (int c = 0; c < counts.length; c++) {
            byClass[c] = new byte[counts[c] * size];
        }
        int[] filled = new int[counts.length];
        for (int i = 0; i < n; i++) {
            int c = numbers.values[i] & 0xff;
            System.arraycopy(pixels.values, i * size, byClass[c], filled[c]++ * size, size);
        }
        LabelledImages.Builder builder = LabelledImages.builder(name, 1, pixels.shape[1], pixels.shape[2]);
        for (int c = 0; c < counts.length; c++) {
            builder.add(classNames.get(c), byClass[c]);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return file + Arrays.toString(shape);
    }
}
