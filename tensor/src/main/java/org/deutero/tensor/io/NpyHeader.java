package org.deutero.tensor.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deutero.tensor.DType;

/**
 * What an array of NumPy says of itself: format versions 1 to 3 of {@code numpy.lib.format}, the header being a Python dictionary of three known keys.
 *
 * @param dtype that holds its elements
 * @param width bytes of an element in the file, little-endian: those of the dtype, or 1 for bytes without a sign, which become float32
 * @param fortran whether the first dimension is the fastest in the file
 * @param shape of the array
 */
@SuppressWarnings("ArrayRecordComponent") // read and dropped: nobody compares headers
record NpyHeader(DType dtype, int width, boolean fortran, long[] shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final String BYTES = "|u1";
    private static final int LARGEST_HEADER = 1 << 20;
    private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9L,\\s]*)\\)");

    /**
     * Reads up to the first element.
     *
     * @param name what errors call the entry
     */
    static NpyHeader read(InputStream in, String name) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            throw new NpzException(name + " is no array of NumPy: it does not begin with \\x93NUMPY");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new NpzException(name + " is written in format " + version + " of NumPy; expected 1, 2 or 3");
        }
        long length = 0;
        byte[] bytes = exactly(in, version == 1 ? 2 : 4, name);
        for (int i = bytes.length - 1; i >= 0; i--) {
            length = (length << 8) | (bytes[i] & 0xff);
        }
        if (length > LARGEST_HEADER) {
            throw new NpzException(name + " is no array of NumPy: its header would have " + length + " bytes");
        }
        return parse(new String(exactly(in, (int) length, name), StandardCharsets.UTF_8), name);
    }

    private static NpyHeader parse(String text, String name) {
        String type = group(TYPE, text, "'descr'", name);
        DType dtype = switch (type) {
            case "<f4", BYTES -> DType.FLOAT32;
            case "<f8" -> DType.FLOAT64;
            case "<i8" -> DType.INT64;
            default ->
                throw new NpzException(name + " has elements of type " + type
                        + "; expected <f4, <f8 or <i8 (little-endian float32, float64 or int64), or |u1 (bytes)");
        };
        boolean fortran = group(ORDER, text, "'fortran_order'", name).equals("True");
        String sizes = group(SHAPE, text, "'shape'", name);
        long[] shape;
        try {
            shape = Arrays.stream(sizes.split(","))
                    .map(size -> size.replace("L", "").strip())
                    .filter(size -> !size.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new NpzException(name + " has shape (" + sizes + "), which are no whole numbers", e);
        }
        return new NpyHeader(dtype, type.equals(BYTES) ? 1 : dtype.bytes(), fortran, shape);
    }

    private static String group(Pattern pattern, String text, String key, String name) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new NpzException(name + " is no array of NumPy: its header lacks a valid " + key);
        }
        return matcher.group(1);
    }

    /** Bytes of all elements in the file. @throws NpzException if they are more than can be read at once */
    int size(String name) {
        long bytes = width;
        for (long size : shape) {
            // Beyond 64 bits it stays there, and is refused below.
            bytes = Math.multiplyHigh(bytes, size) == 0 && bytes * size >= 0 ? bytes * size : Long.MAX_VALUE;
        }
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new NpzException(name + " has more than 2 GiB, the most that can be read");
        }
        return (int) bytes;
    }

    static byte[] exactly(InputStream in, int n, String name) throws IOException {
        byte[] bytes = in.readNBytes(n);
        if (bytes.length < n) {
            throw new NpzException(name + " is cut off: " + n + " bytes were expected, " + bytes.length + " are there");
        }
        return bytes;
    }
}
