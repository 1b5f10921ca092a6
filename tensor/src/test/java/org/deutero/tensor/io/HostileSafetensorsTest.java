package org.deutero.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deutero.tensor.InScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and malicious files end in one sentence that names the file. */
@ExtendWith(InScope.class)
class HostileSafetensorsTest {
    private static final String GOOD = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    @TempDir
    Path folder;

    private static byte[] bytes(long length, String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(json)
                .array();
    }

    private static byte[] bytes(String header, int data) {
        return bytes(header.getBytes(StandardCharsets.UTF_8).length, header, data);
    }

    private void assertRefused(byte[] content) throws Exception {
        Path file = folder.resolve("bad.safetensors");
        Files.write(file, content);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    @Test
    void theGoodFileIsGood() throws Exception {
        Path file = folder.resolve("good.safetensors");
        Files.write(file, bytes(GOOD, 8));
        assertThat(Safetensors.read(file).tensors().names()).containsExactly("x");
    }

    @Test
    void everyTruncationIsRefused() throws Exception {
        byte[] good = bytes(GOOD, 8);
        for (int length = 0; length < good.length; length++) {
            assertRefused(java.util.Arrays.copyOf(good, length));
        }
    }

    @Test
    void trailingBytesAreRefused() throws Exception {
        assertRefused(bytes(GOOD, 9));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, 1L << 32, 99_999_999})
    void headerLengthsAreRefused(long length) throws Exception {
        assertRefused(bytes(length, GOOD, 8));
    }

    private static String tensor(String name, String dtype, String shape, String offsets) {
        return String.format("\"%s\":{\"dtype\":%s,\"shape\":%s,\"data_offsets\":%s}", name, dtype, shape, offsets);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of(
                        "gap",
                        '{'
                                + tensor("x", "\"F32\"", "[1]", "[0,4]")
                                + ','
                                + tensor("y", "\"F32\"", "[1]", "[8,12]")
                                + '}',
                        12),
                Arguments.of("gap at the start", '{' + tensor("x", "\"F32\"", "[1]", "[4,8]") + '}', 8),
                Arguments.of(
                        "overlap",
                        '{'
                                + tensor("x", "\"F32\"", "[2]", "[0,8]")
                                + ','
                                + tensor("y", "\"F32\"", "[2]", "[4,12]")
                                + '}',
                        12),
                Arguments.of(
                        "same bytes twice",
                        '{'
                                + tensor("x", "\"F32\"", "[2]", "[0,8]")
                                + ','
                                + tensor("y", "\"F32\"", "[2]", "[0,8]")
                                + '}',
                        8),
                Arguments.of("range too short", '{' + tensor("x", "\"F32\"", "[2]", "[0,4]") + '}', 4),
                Arguments.of("range too long", '{' + tensor("x", "\"F32\"", "[2]", "[0,12]") + '}', 12),
                Arguments.of("range backwards", '{' + tensor("x", "\"F32\"", "[2]", "[8,0]") + '}', 8),
                Arguments.of("negative offset", '{' + tensor("x", "\"F32\"", "[2]", "[-8,0]") + '}', 8),
                Arguments.of("no offsets", "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8),
                Arguments.of("one offset", '{' + tensor("x", "\"F32\"", "[0]", "[0]") + '}', 0),
                Arguments.of("offsets as text", '{' + tensor("x", "\"F32\"", "[2]", "\"0,8\"") + '}', 8),
                Arguments.of("fractional offset", '{' + tensor("x", "\"F32\"", "[2]", "[0.5,8.5]") + '}', 8),
                Arguments.of("no shape", "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4),
                Arguments.of("shape as number", '{' + tensor("x", "\"F32\"", "1", "[0,4]") + '}', 4),
                Arguments.of("shape as text", '{' + tensor("x", "\"F32\"", "[\"two\"]", "[0,8]") + '}', 8),
                Arguments.of("fractional size", '{' + tensor("x", "\"F32\"", "[1.5]", "[0,4]") + '}', 4),
                Arguments.of("negative size", '{' + tensor("x", "\"F32\"", "[-2]", "[0,8]") + '}', 8),
                Arguments.of("two negative sizes", '{' + tensor("x", "\"F32\"", "[-2,-1]", "[0,8]") + '}', 8),
                Arguments.of(
                        "size beyond 64 bits", '{' + tensor("x", "\"F64\"", "[4611686018427387904]", "[0,0]") + '}', 0),
                Arguments.of(
                        "size that overflows to nothing",
                        '{' + tensor("x", "\"F64\"", "[4294967296,536870912]", "[0,0]") + '}',
                        0),
                Arguments.of(
                        "size beyond an array",
                        '{' + tensor("x", "\"F32\"", "[1000000000]", "[0,4000000000]") + '}',
                        8),
                Arguments.of(
                        "large but possible", '{' + tensor("x", "\"F32\"", "[500000000]", "[0,2000000000]") + '}', 8),
                Arguments.of("unknown type", '{' + tensor("x", "\"F8_E4M3\"", "[2]", "[0,2]") + '}', 2),
                Arguments.of("type as number", '{' + tensor("x", "32", "[2]", "[0,8]") + '}', 8),
                Arguments.of("no type", "{\"x\":{\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
                Arguments.of("tensor as number", "{\"x\":7}", 0),
                Arguments.of(
                        "duplicate names",
                        '{'
                                + tensor("x", "\"F32\"", "[2]", "[0,8]")
                                + ','
                                + tensor("x", "\"F32\"", "[2]", "[8,16]")
                                + '}',
                        16),
                Arguments.of(
                        "duplicate keys",
                        "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                        8),
                Arguments.of(
                        "metadata as list",
                        "{\"__metadata__\":[1],\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                        8),
                Arguments.of("metadata that nests", "{\"__metadata__\":{\"a\":{\"b\":1}}}", 0),
                Arguments.of("not JSON", "PK\u0003\u0004 this is a zip file", 8),
                Arguments.of("JSON that ends early", GOOD.substring(0, GOOD.length() - 1), 8),
                Arguments.of("two values", GOOD + GOOD, 8),
                Arguments.of("a list", "[]", 0),
                Arguments.of("a number", "42", 0),
                Arguments.of("null", "null", 0),
                Arguments.of("blanks", "        ", 0),
                Arguments.of("deep nesting", "[".repeat(5000), 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void headersAreRefused(String what, String header, int data) throws Exception {
        assertRefused(bytes(header, data));
    }

    @Test
    void missingFilesAndFoldersAreRefused() {
        for (Path path : new Path[] {folder, folder.resolve("nowhere")}) {
            assertThatThrownBy(() -> Safetensors.read(path))
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessage(path + " does not exist or is not a file");
        }
    }
}
