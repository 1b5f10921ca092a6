package org.deutero.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Python with NumPy alone reads and writes our files: the format needs no package. */
@ExtendWith(InScope.class)
class NumPyTest {
    private static final String READ = """
            import json, struct, sys
            import numpy as np

            types = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "BOOL": "?"}
            data = open(sys.argv[1], "rb").read()
            start = 8 + struct.unpack("<Q", data[:8])[0]
            header = json.loads(data[8:start])
            print("metadata", header.pop("__metadata__", {}).get("format"))
            for name, entry in header.items():
                begin, end = entry["data_offsets"]
                tensor = np.frombuffer(data[start + begin:start + end], types[entry["dtype"]]).reshape(entry["shape"])
                print(name, tensor.dtype, tensor.shape, tensor.tolist())
            """;

    private static final String WRITE = """
            import json, struct, sys
            import numpy as np

            tensors = {
                "weights": np.arange(6, dtype="<f4").reshape(2, 3) / 3,
                "counts": np.array([-1, 2**62], dtype="<i8"),
                "means": np.array([np.pi], dtype="<f8"),
            }
            header, blob = {"__metadata__": {"from": "numpy"}}, b""
            for name, t in tensors.items():
                kind = {"float32": "F32", "float64": "F64", "int64": "I64"}[str(t.dtype)]
                offsets = [len(blob), len(blob) + t.nbytes]
                header[name] = {"dtype": kind, "shape": list(t.shape), "data_offsets": offsets}
                blob += t.tobytes()
            text = json.dumps(header).encode()
            open(sys.argv[1], "wb").write(struct.pack("<Q", len(text)) + text + blob)
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsPythonWithNumPy() throws Exception {
        int code;
        try {
            code = new ProcessBuilder("python3", "-c", "import numpy")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("import.log").toFile())
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            code = -1;
        }
        assumeTrue(code == 0, "python3 with numpy is not on this machine");
    }

    private List<String> python(String script, Path file) throws Exception {
        Path source = Files.writeString(folder.resolve("script.py"), script);
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of("python3", source.toString(), file.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        int code = builder.start().waitFor();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(code).as(String.join("\n", lines)).isZero();
        return lines;
    }

    @Test
    void pythonReadsWhatJavaWrites() throws Exception {
        Path file = folder.resolve("java.safetensors");
        Params tensors = Params.builder()
                .put("theta.w", Tensor.of(new float[] {0.5f, -1.25f, 3, 1e10f}, 2, 2))
                .put("mask", Tensor.of(new float[] {-1, 2, 3}, 3).gt(0))
                .put("pi", Tensor.of(new double[] {Math.PI}, 1))
                .put("steps", Tensor.of(new long[] {Long.MIN_VALUE, 7}, 2))
                .build();
        new Safetensors(tensors, Map.of("format", "test")).write(file);
        assertThat(python(READ, file))
                .containsExactlyInAnyOrder(
                        "metadata test",
                        "theta.w float32 (2, 2) [[0.5, -1.25], [3.0, 10000000000.0]]",
                        "mask bool (3,) [False, True, True]",
                        "pi float64 (1,) [3.141592653589793]",
                        "steps int64 (2,) [-9223372036854775808, 7]");
    }

    @Test
    void javaReadsWhatPythonWrites() throws Exception {
        Path file = folder.resolve("numpy.safetensors");
        python(WRITE, file);
        Safetensors read = Safetensors.read(file);
        assertThat(read.metadata()).containsExactly(Map.entry("from", "numpy"));
        Tensor weights = read.tensors().get("weights");
        assertThat(weights.shape()).containsExactly(2, 3);
        assertThat(weights.floats()).containsExactly(0f, 1f / 3, 2f / 3, 1f, 4f / 3, 5f / 3);
        assertThat(read.tensors().get("counts").longs()).containsExactly(-1, 1L << 62);
        assertThat(read.tensors().get("means").doubles()).containsExactly(Math.PI);
    }
}
