package org.deutero.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.tensor.DType;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InScope.class)
class SafetensorsTest {
    @TempDir
    Path folder;

    private static Params everyType() {
        return Params.builder()
                .put("f32", Tensor.of(new float[] {1.5f, Float.NaN, Float.NEGATIVE_INFINITY, -0.0f}, 2, 2))
                .put("f64", Tensor.of(new double[] {Math.PI, Double.MIN_VALUE, -1e300}, 3, 1))
                .put("i64", Tensor.of(new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}, 3))
                .put("bool", Near.vector(-1, 2, 3).gt(0))
                .put("scalar", Tensor.scalar(4))
                .put("empty", Tensor.of(new float[0], 0, 5))
                .put("name \"quoted\" \u00fc", Tensor.scalar(5))
                .build();
    }

    @Test
    void everyTypeAndShapeComesBackBitForBit() {
        Path file = folder.resolve("a.safetensors");
        Params written = everyType();
        Map<String, String> metadata = Map.of("format", "x", "note", "l\u00edne\n\"two\"");
        new Safetensors(written, metadata).write(file);
        Safetensors read = Safetensors.read(file);
        assertThat(read.metadata()).isEqualTo(metadata);
        assertThat(read.tensors().names()).containsExactlyInAnyOrderElementsOf(written.names());
        written.forEach((name, tensor) -> {
            Tensor other = read.tensors().get(name);
            assertThat(other.dtype()).as(name).isEqualTo(tensor.dtype());
            assertThat(other.shape()).as(name).isEqualTo(tensor.shape());
            assertThat(org.deutero.tensor.TensorBytes.of(other))
                    .as(name)
                    .isEqualTo(org.deutero.tensor.TensorBytes.of(tensor));
        });
    }

    @Test
    void viewsAreWrittenInTheOrderOfTheirElements() {
        Path file = folder.resolve("a.safetensors");
        Tensor view = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2).transpose(0, 1);
        new Safetensors(Params.of("t", view), Map.of()).write(file);
        assertThat(Safetensors.read(file).tensors().get("t").doubles()).containsExactly(1, 3, 2, 4);
    }

    @Test
    void equalContentsAreEqualBytes() throws Exception {
        Map<String, String> one = new LinkedHashMap<>();
        Map<String, String> two = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            one.put("k" + i, "v" + i);
            two.put("k" + (19 - i), "v" + (19 - i));
        }
        new Safetensors(everyType(), one).write(folder.resolve("1"));
        new Safetensors(everyType(), two).write(folder.resolve("2"));
        assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
        Safetensors.read(folder.resolve("1")).write(folder.resolve("3"));
        assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("3"));
    }

    @Test
    void writingLeavesNothingElseInTheFolder() throws Exception {
        Path file = folder.resolve("a.safetensors");
        new Safetensors(everyType(), Map.of()).write(file);
        new Safetensors(Params.of("x", Tensor.scalar(1)), Map.of()).write(file);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThat(Safetensors.read(file).tensors().names()).containsExactly("x");
    }

    @Test
    void layoutIsThatOfTheFormat() throws Exception {
        Path file = folder.resolve("a.safetensors");
        new Safetensors(Params.of("x", Tensor.of(new float[] {1, 2}, 2)), Map.of("a", "b")).write(file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong();
        assertThat(header % 8).isZero();
        byte[] text = new byte[header];
        bytes.get(text);
        assertThat(new String(text, StandardCharsets.UTF_8).strip())
                .isEqualTo(
                        "{\"__metadata__\":{\"a\":\"b\"},\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
        assertThat(bytes.getFloat()).isEqualTo(1);
        assertThat(bytes.getFloat()).isEqualTo(2);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    /** What readers rely on that map a file: data begins at a multiple of eight, tensors follow each other without a gap. */
    @Test
    void dataIsAlignedAndWithoutGaps() throws Exception {
        for (int length = 0; length < 8; length++) {
            Path file = folder.resolve("a.safetensors");
            new Safetensors(everyType(), Map.of("pad", "x".repeat(length))).write(file);
            byte[] content = Files.readAllBytes(file);
            int header = (int)
                    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertThat((8 + header) % 8).isZero();
            var json = tools.jackson.databind.json.JsonMapper.shared()
                    .readTree(new String(content, 8, header, StandardCharsets.UTF_8));
            int position = 0;
            for (var entry : json.properties()) {
                if (!entry.getKey().equals("__metadata__")) {
                    var offsets = entry.getValue().path("data_offsets");
                    assertThat(offsets.path(0).asInt(-1)).as(entry.getKey()).isEqualTo(position);
                    position = offsets.path(1).asInt(-1);
                }
            }
            assertThat(8 + header + position).isEqualTo(content.length);
        }
    }

    /** Bytes as another program might write them: no metadata, blanks, entries out of order, no padding. */
    @Test
    void filesOfOtherWritersAreRead() throws Exception {
        String header = " { \"second\" : {\"shape\":[], \"data_offsets\":[16,24], \"dtype\":\"I64\"},\n"
                + "\"first\":{\"dtype\":\"F64\",\"data_offsets\":[0,16],\"shape\":[1,2]},"
                + "\"mask\":{\"dtype\":\"BOOL\",\"data_offsets\":[24,26],\"shape\":[2]}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 26).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length)
                .put(json)
                .putDouble(0.5)
                .putDouble(-2)
                .putLong(-7)
                .put((byte) 1)
                .put((byte) 0);
        Path file = folder.resolve("other.safetensors");
        Files.write(file, bytes.array());
        Safetensors read = Safetensors.read(file);
        assertThat(read.metadata()).isEmpty();
        assertThat(read.tensors().get("first").doubles()).containsExactly(0.5, -2);
        assertThat(read.tensors().get("first").shape()).containsExactly(1, 2);
        assertThat(read.tensors().get("second").longs()).containsExactly(-7);
        assertThat(read.tensors().get("second").shape()).isEmpty();
        assertThat(read.tensors().get("mask").dtype()).isEqualTo(DType.BOOL);
        assertThat(read.tensors().get("mask").longs()).containsExactly(1, 0);
    }
}
