package org.deutero.tensor.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.TensorBytes;
import org.deutero.tensor.files.FileReasons;

/**
 * Arrays as {@code numpy.savez} and {@code numpy.savez_compressed} write them: a zip file of {@code .npy} entries. Read only; float32, float64, int64 and bytes without a sign, which become float32, in C and in Fortran order. Nothing in such a file is ever executed, unlike in a pickle.
 *
 * @param file where they came from
 * @param tensors by the names of entries without {@code .npy}, in alphabetical order
 */
public record Npz(Path file, Params tensors) {
    private static final String ENDING = ".npy";

    /**
     * Reads all arrays of a file; they belong to the innermost open scope.
     *
     * @throws NpzException if the file is not a whole and well-formed {@code .npz}
     */
    public static Npz read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new NpzException(file + " does not exist or is not a file");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> entry.getName().endsWith(ENDING))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            if (entries.isEmpty()) {
                throw new NpzException(file + " has no arrays: expected entries that end with " + ENDING);
            }
            Params.Builder tensors = Params.builder();
            for (ZipEntry entry : entries) {
                String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
                try (InputStream in = zip.getInputStream(entry)) {
                    tensors.put(name, array(in, file + ": entry " + name));
                } catch (IOException e) {
                    throw new NpzException(file + ": entry " + name + " could not be read: " + FileReasons.of(e), e);
                }
            }
            return new Npz(file, tensors.build());
        } catch (ZipException e) {
            throw new NpzException(file + " is no zip file, or is cut off: expected an .npz of NumPy", e);
        } catch (IOException e) {
            throw new NpzException(file + " could not be read: " + FileReasons.of(e), e);
        }
    }

    private static Tensor array(InputStream in, String name) throws IOException {
        NpyHeader header = NpyHeader.read(in, name);
        byte[] bytes = NpyHeader.exactly(in, header.size(name), name);
        if (in.read() >= 0) {
            throw new NpzException(name + " has bytes after its last element, of which shape "
                    + Arrays.toString(header.shape()) + " has none");
        }
        int rank = header.shape().length;
        if (!header.fortran() || rank < 2) {
            return tensor(header, bytes, header.shape());
        }
        long[] reversed = new long[rank];
        long[] order = new long[rank];
        for (int i = 0; i < rank; i++) {
            reversed[i] = header.shape()[rank - 1 - i];
            order[i] = (long) rank - 1 - i;
        }
        return tensor(header, bytes, reversed).permute(order).contiguous();
    }

    private static Tensor tensor(NpyHeader header, byte[] bytes, long... shape) {
        if (header.width() == header.dtype().bytes()) {
            return TensorBytes.read(header.dtype(), bytes, shape);
        }
        float[] values = new float[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i] & 0xff;
        }
        return Tensor.of(values, shape);
    }

    /**
     * An array that must be there.
     *
     * @param dtype that it must have
     * @param shape that it must have
     * @throws NpzException if it is not there, or is another
     */
    public Tensor require(String name, DType dtype, long... shape) {
        if (!tensors.has(name)) {
            throw new NpzException(file + " has no entry " + name + "; there are " + tensors.names());
        }
        Tensor tensor = tensors.get(name);
        if (tensor.dtype() != dtype || !Arrays.equals(tensor.shape(), shape)) {
            throw new NpzException(file + ": entry " + name + " is " + tensor.dtype() + Arrays.toString(tensor.shape())
                    + "; expected " + dtype + Arrays.toString(shape));
        }
        return tensor;
    }
}
