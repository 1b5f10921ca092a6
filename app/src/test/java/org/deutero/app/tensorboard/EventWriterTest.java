package org.deutero.app.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the files back with a parser of its own: framing, checksum and protobuf alike. */
class EventWriterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void checksumIsThatOfThePublishedTestVector() {
        assertThat(crc32c("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283);
    }

    @Test
    void firstEventIsTheVersion() throws IOException {
        EventWriter.open(folder, 0, CLOCK).close();
        List<ByteBuffer> events = records(onlyFile());
        assertThat(events).hasSize(1);
        assertThat(text(field(events.get(0), 3))).isEqualTo("brain.Event:2");
        assertThat(field(events.get(0), 1).getDouble(0)).isEqualTo(1_700_000_000.5);
    }

    @Test
    void scalarsAndTextsReadBack() throws IOException {
        try (EventWriter writer = EventWriter.open(folder, 0, CLOCK)) {
            writer.scalar("validation/accuracy", 300, 0.975);
            writer.text("recipe", 0, "# größer\n");
            List<ByteBuffer> events = records(onlyFile()); // before closing: nothing is held back
            ByteBuffer scalar = field(field(events.get(1), 5), 1);
            assertThat(field(events.get(1), 2).getLong(0)).isEqualTo(300);
            assertThat(text(field(scalar, 1))).isEqualTo("validation/accuracy");
            assertThat(field(scalar, 2).getFloat(0)).isEqualTo(0.975f);
            ByteBuffer value = field(field(events.get(2), 5), 1);
            assertThat(text(field(value, 1))).isEqualTo("recipe");
            assertThat(text(field(field(value, 8), 8))).isEqualTo("# größer\n");
            assertThat(text(field(field(field(value, 9), 1), 1))).isEqualTo("text");
        }
    }

    @Test
    void resumingOpensANewFileThatPurgesLaterSteps() throws IOException {
        EventWriter.open(folder, 0, CLOCK).close();
        EventWriter.open(folder, 200, CLOCK).close();
        try (Stream<Path> files = Files.list(folder)) {
            Path second = files.sorted().toList().get(1);
            ByteBuffer start = records(second).get(1);
            assertThat(field(start, 2).getLong(0)).isEqualTo(200);
            assertThat(field(field(start, 7), 1).getLong(0)).isEqualTo(1);
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.reduce((a, b) -> {
                        throw new AssertionError("more than one file");
                    })
                    .orElseThrow();
        }
    }

    private static List<ByteBuffer> records(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<ByteBuffer> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(in.getInt()).isEqualTo(mask(crc32c(length)));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(data);
            assertThat(in.getInt()).isEqualTo(mask(crc32c(data)));
            records.add(ByteBuffer.wrap(data));
        }
        return records;
    }

    private static int mask(int crc) {
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    /** Bit by bit, from the Castagnoli polynomial. */
    private static int crc32c(byte[] data) {
        int crc = ~0;
        for (byte b : data) {
            crc ^= b & 0xff;
            for (int i = 0; i < 8; i++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        return ~crc;
    }

    /** The first field of that number: raw bytes, or a varint widened to eight little-endian bytes. */
    private static ByteBuffer field(ByteBuffer message, int number) {
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        in.rewind();
        while (in.hasRemaining()) {
            long tag = varint(in);
            ByteBuffer value;
            switch ((int) tag & 7) {
                case 0 ->
                    value = ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(0, varint(in));
                case 1 -> value = take(in, 8);
                case 2 -> value = take(in, (int) varint(in));
                case 5 -> value = take(in, 4);
                default -> throw new AssertionError("wire type of " + tag);
            }
            if (tag >>> 3 == number) {
                return value;
            }
        }
        throw new AssertionError("no field " + number);
    }

    private static ByteBuffer take(ByteBuffer in, int size) {
        byte[] bytes = new byte[size];
        in.get(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
