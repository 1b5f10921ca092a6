package org.deutero.methods.disco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deutero.options.OptionsException;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.TensorBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of weights with the published names, of small sizes. */
class DiscoWeightsTest {
    private static final DiscoWeights SIZES = new DiscoWeights(6, 5, 4, 3, 2);

    @TempDir
    Path folder;

    private Path write(String name, Map<String, Tensor> arrays) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(npy(array.getValue()));
                zip.closeEntry();
            }
        }
        return file;
    }

    private static byte[] npy(Tensor tensor) {
        String shape =
                Arrays.stream(tensor.shape()).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
        String type = tensor.dtype() == DType.FLOAT32 ? "<f4" : "<f8";
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
        byte[] data = TensorBytes.of(tensor);
        return ByteBuffer.allocate(10 + header.length() + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
    }

    private static Map<String, Tensor> arrays() {
        Map<String, Tensor> arrays = new HashMap<>();
        SIZES.init(new SplittableRandom(1), DType.FLOAT32).forEach(arrays::put);
        return arrays;
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        try (Scope s = Scope.open()) {
            Map<String, Tensor> arrays = arrays();
            assertThat(arrays).hasSize(42);
            Params read = SIZES.read(write("a.npz", arrays), DiscoWeights.ANY, DType.FLOAT64);
            assertThat(read.names()).containsExactlyElementsOf(SIZES.shapes().keySet());
            arrays.forEach((name, tensor) ->
                    assertThat(read.get(name).floats()).as(name).containsExactly(tensor.floats()));
            assertThat(read.get("lstm/linear/w").dtype()).isEqualTo(DType.FLOAT64);
        }
    }

    @Test
    void otherFilesAreRefusedInOneSentence() throws IOException {
        try (Scope s = Scope.open()) {
            refused(
                    folder.resolve("none.npz"),
                    DiscoWeights.ANY,
                    "method.weights: there is no file",
                    "google-deepmind/disco_rl");
            Path file = write("b.npz", arrays());
            refused(file, DiscoWeights.PUBLISHED_SHA256, "has SHA-256", "expected dac840a1");
            Map<String, Tensor> fewer = arrays();
            fewer.remove("lstm/linear_4/b");
            refused(write("c.npz", fewer), DiscoWeights.ANY, "c.npz has no entry lstm/linear_4/b", "there are");
            Map<String, Tensor> more = arrays();
            more.put("lstm/linear_5/b", more.get("lstm/linear_4/b"));
            refused(
                    write("d.npz", more),
                    DiscoWeights.ANY,
                    "d.npz has entries that the rule knows nothing of",
                    "linear_5");
            Map<String, Tensor> other = arrays();
            other.put("lstm/linear/w", Tensor.of(new float[12], 4, 3));
            refused(
                    write("e.npz", other),
                    DiscoWeights.ANY,
                    "entry lstm/linear/w is FLOAT32[4, 3]",
                    "expected FLOAT32[4, 5]");
            other.put("lstm/linear/w", Tensor.of(new double[20], 4, 5));
            refused(
                    write("f.npz", other),
                    DiscoWeights.ANY,
                    "entry lstm/linear/w is FLOAT64",
                    "expected FLOAT32[4, 5]");
        }
    }

    private static void refused(Path file, String sha256, String... parts) {
        assertThatThrownBy(() -> SIZES.read(file, sha256, DType.FLOAT32))
                .isInstanceOf(OptionsException.class)
                .hasMessageStartingWith("method.weights: ")
                .hasMessageContainingAll(parts);
    }
}
