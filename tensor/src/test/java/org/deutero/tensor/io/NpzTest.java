package org.deutero.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deutero.tensor.DType;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InScope.class)
class NpzTest {
    @TempDir
    Path folder;

    /** An array as NumPy writes it in a version of its format, padded to 64 bytes. */
    private static byte[] npy(int version, String type, boolean fortran, String shape, byte[] data) {
        String order = fortran ? "True" : "False";
        String header = "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
        int lead = version == 1 ? 10 : 12;
        StringBuilder text = new StringBuilder(header);
        while ((lead + text.length() + 1) % 64 != 0) {
            text.append(' ');
        }
        text.append('\n');
        ByteBuffer out = ByteBuffer.allocate(lead + text.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            out.putShort((short) text.length());
        } else {
            out.putInt(text.length());
        }
        return out.put(text.toString().getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
    }

    private static byte[] floats(float... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            out.putFloat(value);
        }
        return out.array();
    }

    private static byte[] doubles(double... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            out.putDouble(value);
        }
        return out.array();
    }

    private static byte[] longs(long... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            out.putLong(value);
        }
        return out.array();
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private Path one(byte[] content) throws IOException {
        return zip("a.npz", Map.of("layer/w.npy", content));
    }

    @Test
    void typesOrdersAndVersionsComeBack() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("z/~/f32.npy", npy(1, "<f4", false, "(2, 3)", floats(1, 2, 3, 4, 5, 6)));
        entries.put("fortran.npy", npy(2, "<f8", true, "(2, 3)", doubles(1, 4, 2, 5, 3, 6)));
        entries.put("i64.npy", npy(3, "<i8", false, "(3,)", longs(-1, Long.MAX_VALUE, 7)));
        entries.put("bytes.npy", npy(1, "|u1", true, "(2, 2)", new byte[] {0, 127, (byte) 128, (byte) 255}));
        entries.put("scalar.npy", npy(1, "<f8", false, "()", doubles(2.5)));
        entries.put("empty.npy", npy(1, "<f4", false, "(0, 4)", floats()));
        entries.put("read me.txt", new byte[] {1});
        Npz npz = Npz.read(zip("all.npz", entries));
        assertThat(npz.tensors().names()).containsExactly("bytes", "empty", "fortran", "i64", "scalar", "z/~/f32");
        Tensor plain = npz.require("z/~/f32", DType.FLOAT32, 2, 3);
        assertThat(plain.floats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(npz.require("fortran", DType.FLOAT64, 2, 3).doubles()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(npz.require("i64", DType.INT64, 3).longs()).containsExactly(-1, Long.MAX_VALUE, 7);
        assertThat(npz.require("bytes", DType.FLOAT32, 2, 2).floats()).containsExactly(0, 128, 127, 255);
        assertThat(npz.require("scalar", DType.FLOAT64).item()).isEqualTo(2.5);
        assertThat(npz.require("empty", DType.FLOAT32, 0, 4).numel()).isZero();
    }

    @Test
    void fortranOrderOfThreeDimensions() throws IOException {
        double[] values = new double[24];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    values[i + 2 * (j + 3 * k)] = 100 * i + 10 * j + k;
                }
            }
        }
        Path file = one(npy(1, "<f8", true, "(2, 3, 4)", doubles(values)));
        Tensor tensor = Npz.read(file).tensors().get("layer/w");
        assertThat(tensor.shape()).containsExactly(2, 3, 4);
        assertThat(tensor.select(0, 1).select(0, 2).doubles()).containsExactly(120, 121, 122, 123);
    }

    @Test
    void whatIsNoZipIsRefused() throws IOException {
        Path file = folder.resolve("text.npz");
        Files.writeString(file, "no zip at all");
        assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(NpzException.class)
                .hasMessage(file + " is no zip file, or is cut off: expected an .npz of NumPy");
        assertThatThrownBy(() -> Npz.read(folder.resolve("none.npz"))).hasMessageContaining("none.npz does not exist");
        assertThatThrownBy(() -> Npz.read(zip("b.npz", Map.of("a.txt", new byte[] {1}))))
                .hasMessageContaining("b.npz has no arrays");
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(one(npy(1, "<f4", false, "(2,)", floats(1, 2))));
        Path file = folder.resolve("cut.npz");
        Files.write(file, Arrays.copyOf(whole, whole.length - 30));
        assertThatThrownBy(() -> Npz.read(file)).hasMessageContaining("cut.npz is no zip file, or is cut off");
    }

    @Test
    void entriesThatAreNoArraysAreRefusedByName() throws IOException {
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("is no array of NumPy: it does not begin", new byte[] {1, 2, 3});
        bad.put("is cut off: 12 bytes were expected, 8 are there", npy(1, "<f4", false, "(3,)", floats(1, 2)));
        bad.put("has bytes after its last element", npy(1, "<f4", false, "(1,)", floats(1, 2)));
        bad.put("has elements of type >f4; expected <f4, <f8 or <i8", npy(1, ">f4", false, "(1,)", floats(1)));
        bad.put("has elements of type |O", npy(1, "|O", false, "(1,)", floats(1)));
        bad.put("is written in format 9", npy(9, "<f4", false, "(1,)", floats(1)));
        bad.put("lacks a valid 'shape'", npy(1, "<f4", false, "(a,)", floats(1)));
        bad.put("has more than 2 GiB", npy(1, "<f4", false, "(99999999999, 99999999999)", floats(1)));
        bad.put("which are no whole numbers", npy(1, "<f4", false, "(99999999999999999999,)", floats(1)));
        for (Map.Entry<String, byte[]> entry : bad.entrySet()) {
            Path file = one(entry.getValue());
            assertThatThrownBy(() -> Npz.read(file))
                    .isInstanceOf(NpzException.class)
                    .hasMessageStartingWith(file + ": entry layer/w ")
                    .hasMessageContaining(entry.getKey());
        }
    }

    @Test
    void whatIsAskedForMustBeThere() throws IOException {
        Npz npz = Npz.read(one(npy(1, "<f4", false, "(2,)", floats(1, 2))));
        assertThatThrownBy(() -> npz.require("layer/b", DType.FLOAT32, 2))
                .hasMessage(npz.file() + " has no entry layer/b; there are [layer/w]");
        assertThatThrownBy(() -> npz.require("layer/w", DType.FLOAT32, 3))
                .hasMessage(npz.file() + ": entry layer/w is FLOAT32[2]; expected FLOAT32[3]");
        assertThatThrownBy(() -> npz.require("layer/w", DType.FLOAT64, 2)).hasMessageContaining("expected FLOAT64[2]");
    }

    @Test
    void aHeaderThatClaimsTooMuchIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, 127});
        Path file = one(out.toByteArray());
        assertThatThrownBy(() -> Npz.read(file)).hasMessageContaining("its header would have 2147483647 bytes");
    }
}
