package org.deutero.tensor.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.TensorBytes;
import org.deutero.tensor.files.FileReasons;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The safetensors format: eight bytes of header length, a JSON header, raw little-endian data. Python reads what this writes, and
 * the other way round.
 *
 * @param tensors named tensors
 * @param metadata free strings
 */
public record Safetensors(Params tensors, Map<String, String> metadata) {
    private static final int LARGEST_HEADER = 100_000_000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Copies the metadata. */
    public Safetensors {
        metadata = Map.copyOf(metadata);
    }

    @SuppressWarnings("ArrayRecordComponent") // private, and never compared
    private record Entry(String name, DType dtype, long[] shape, long from, long to) {}

    // ---- writing
    // -------------------------------------------------------------------------------------------------------------

    /** Writes a file whole or not at all: to a temporary name, flushed to the disk, then renamed. */
    public void write(Path file) {
        try {
            AtomicFiles.write(file, this::write);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written: " + FileReasons.of(e), e);
        }
    }

    /** Writes to a stream, which stays open. */
    public void write(OutputStream out) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode free = header.putObject("__metadata__");
        // Sorted, so that equal contents are equal bytes.
        metadata.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> free.put(e.getKey(), e.getValue()));
        long[] offset = {0};
        tensors.forEach((name, tensor) -> {
            ObjectNode entry = header.putObject(name);
            entry.put("dtype", tensor.dtype().safetensorsName());
            var shape = entry.putArray("shape");
            for (long size : tensor.shape()) {
                shape.add(size);
            }
            var range = entry.putArray("data_offsets");
            range.add(offset[0]);
            offset[0] += tensor.numel() * tensor.dtype().bytes();
            range.add(offset[0]);
        });
        StringBuilder text = new StringBuilder(JSON.writeValueAsString(header));
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % 8 != 0) {
            text.append(' ');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .array());
        out.write(bytes);
        for (Tensor tensor : tensors.values()) {
            out.write(TensorBytes.of(tensor));
        }
        out.flush();
    }

    // ---- reading
    // -------------------------------------------------------------------------------------------------------------

    /**
     * Reads a file; its tensors belong to the innermost open scope.
     *
     * @throws SafetensorsException if the file is not a whole and well-formed safetensors file
     */
    public static Safetensors read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SafetensorsException(file + " does not exist or is not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw new SafetensorsException(file + " could not be read: " + FileReasons.of(e), e);
        }
    }

    /** Reads a stream to its end; {@code name} is what errors call it. */
    public static Safetensors read(InputStream in, String name) throws IOException {
        long length = ByteBuffer.wrap(exactly(in, 8, name))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 2 || length > LARGEST_HEADER) {
            throw new SafetensorsException(
                    name + " is not a safetensors file: its header would have " + length + " bytes");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = header(exactly(in, (int) length, name), metadata, name);
        Params.Builder tensors = Params.builder();
        long position = 0;
        for (Entry entry : entries) {
            if (entry.from != position) {
                throw new SafetensorsException(name + ": tensor " + entry.name + " starts at byte " + entry.from
                        + " where " + position + " was expected; the data has a gap or an overlap");
            }
            tensors.put(
                    entry.name,
                    TensorBytes.read(
                            entry.dtype, exactly(in, Math.toIntExact(entry.to - entry.from), name), entry.shape));
            position = entry.to;
        }
        if (in.read() >= 0) {
            throw new SafetensorsException(name + " has bytes after its last tensor");
        }
        return new Safetensors(tensors.build(), metadata);
    }

    private static List<Entry> header(byte[] bytes, Map<String, String> metadata, String name) {
        List<Entry> entries = new ArrayList<>();
        try {
            JsonNode header = JSON.readTree(bytes);
            if (!header.isObject()) {
                throw new SafetensorsException(name + " is not a safetensors file: its header is no JSON object");
            }
            for (Map.Entry<String, JsonNode> property : header.properties()) {
                if (property.getKey().equals("__metadata__")) {
                    readMetadata(property.getValue(), metadata, name);
                } else {
                    entries.add(entry(property.getKey(), property.getValue(), name));
                }
            }
        } catch (JacksonException e) {
            throw new SafetensorsException(name + " is not a safetensors file: its header is not valid JSON", e);
        }
        entries.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
        return entries;
    }

    private static void readMetadata(JsonNode node, Map<String, String> metadata, String name) {
        if (!node.isObject() || !node.valueStream().allMatch(JsonNode::isString)) {
            throw new SafetensorsException(name + ": __metadata__ is no object of strings");
        }
        node.properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asString()));
    }

    private static boolean areWhole(JsonNode list) {
        return list.isArray() && list.valueStream().allMatch(n -> n.isIntegralNumber() && n.canConvertToLong());
    }

    private static Entry entry(String tensor, JsonNode node, String name) {
        String type = node.path("dtype").asString("");
        DType dtype = java.util.Arrays.stream(DType.values())
                .filter(d -> d.safetensorsName().equals(type))
                .findFirst()
                .orElseThrow(() -> new SafetensorsException(
                        name + ": tensor " + tensor + " has type '" + type + "'; expected F32, F64, I64 or BOOL"));
        JsonNode sizes = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!areWhole(sizes) || !areWhole(offsets) || offsets.size() != 2) {
            throw new SafetensorsException(
                    name + ": tensor " + tensor + " lacks a shape or two data_offsets in whole numbers");
        }
        long[] shape = new long[sizes.size()];
        long bytes = dtype.bytes();
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sizes.get(i).asLong();
            if (shape[i] < 0) {
                throw new SafetensorsException(name + ": tensor " + tensor + " has a negative size");
            }
            // Beyond 64 bits it stays there, and is refused below.
            bytes = Math.multiplyHigh(bytes, shape[i]) == 0 && bytes * shape[i] >= 0
                    ? bytes * shape[i]
                    : Long.MAX_VALUE;
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new SafetensorsException(
                    name + ": tensor " + tensor + " has more than 2 GiB, the most that can be read");
        }
        long from = offsets.get(0).asLong();
        long to = offsets.get(1).asLong();
        if (from < 0 || to - from != bytes) {
            throw new SafetensorsException(name + ": tensor " + tensor + " has " + (to - from)
                    + " bytes where its shape and type need " + bytes);
        }
        return new Entry(tensor, dtype, shape, from, to);
    }

    private static byte[] exactly(InputStream in, int n, String name) throws IOException {
        byte[] bytes = in.readNBytes(n);
        if (bytes.length < n) {
            throw new SafetensorsException(name + " is cut off", new EOFException());
        }
        return bytes;
    }
}
