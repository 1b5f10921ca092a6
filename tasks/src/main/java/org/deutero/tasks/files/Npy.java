package org.deutero.tasks.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deutero.tasks.DataException;

/**
 * An array as numpy saves it (format 1 to 3 of {@code .npy}): numbers in rows, of one of the usual types. Nothing in such a file is ever executed, unlike in a pickle.
 *
 * @param shape its dimensions
 * @param values row by row
 */
@SuppressWarnings("ArrayRecordComponent") // arrays are never compared
public record Npy(long[] shape, float[] values) {
    private static final int MAGIC = 6;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*False");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

    /** The arrays of an {@code .npz} file by name. @throws DataException if it is none */
    public static Map<String, Npy> archive(Path file) {
        Map<String, Npy> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.endsWith(".npy")) {
                    arrays.put(name.substring(0, name.length() - 4), read(zip, file + ":" + name));
                }
            }
        } catch (IOException e) {
            throw new DataException(file + " cannot be read as an archive of arrays (.npz): " + e.getMessage(), e);
        }
        if (arrays.isEmpty()) {
            throw new DataException(file + " holds no array; expected an .npz file as numpy.savez writes it");
        }
        return arrays;
    }

    /** The array of an {@code .npy} file. @throws DataException if it is none */
    public static Npy read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Npy read(InputStream in, String name) throws IOException {
        byte[] start = in.readNBytes(MAGIC + 2);
        if (start.length < MAGIC + 2
                || (start[0] & 0xFF) != 0x93
                || !text(start, 1, 5).equals("NUMPY")) {
            throw new DataException(name + " is no array as numpy saves it (.npy)");
        }
        boolean longHeader = start[MAGIC] > 1;
        byte[] size = in.readNBytes(longHeader ? 4 : 2);
        ByteBuffer sizes = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN);
        int length = size.length < (longHeader ? 4 : 2) ? -1 : longHeader ? sizes.getInt() : sizes.getShort() & 0xFFFF;
        if (length < 0 || length > 1 << 20) {
            throw new DataException(name + " has a header of " + length + " bytes, which no array has");
        }
        String header = text(in.readNBytes(length), 0, -1);
        String type = found(DESCR, header, name, "type of numbers");
        found(ORDER, header, name, "rows first (numpy.ascontiguousarray makes it so)");
        long[] shape = Arrays.stream(found(SHAPE, header, name, "shape").split(","))
                .map(String::trim)
                .filter(s -> !s.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        long count = LongStream.of(shape).reduce(1, Math::multiplyExact);
        return new Npy(shape, numbers(in, type, count, name));
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length < 0 ? bytes.length - from : length, StandardCharsets.ISO_8859_1);
    }

    private static String found(Pattern pattern, String header, String name, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new DataException(
                    name + " does not say what it should: expected " + what + ", but its header is " + header.strip());
        }
        return matcher.groupCount() == 0 ? "" : matcher.group(1);
    }

    private static float[] numbers(InputStream in, String type, long count, String name) throws IOException {
        int width = switch (type) {
            case "|u1" -> 1;
            case "<f4" -> 4;
            case "<f8", "<i8" -> 8;
            default ->
                throw new DataException(
                        name + " has numbers of type " + type + ", but |u1, <f4, <f8 and <i8 can be read");
        };
        if (count > Integer.MAX_VALUE / 8) {
            throw new DataException(name + " has " + count + " numbers, more than fit into memory in one piece");
        }
        float[] values = new float[(int) count];
        byte[] piece = new byte[width << 13];
        for (int at = 0; at < values.length; ) {
            int n = Math.min(values.length - at, piece.length / width);
            if (in.readNBytes(piece, 0, n * width) < n * width) {
                throw new DataException(name + " ends after " + at + " of " + count + " numbers");
            }
            ByteBuffer bytes = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < n; i++) {
                values[at++] = switch (type) {
                    case "|u1" -> piece[i] & 0xFF;
                    case "<f4" -> bytes.getFloat();
                    case "<f8" -> (float) bytes.getDouble();
                    default -> bytes.getLong();
                };
            }
        }
        return values;
    }
}
