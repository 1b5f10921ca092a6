package org.deutero.app.tensorboard;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/**
 * Writes scalars and texts for TensorBoard. Each opening makes a new file in the folder; TensorBoard joins them,
 * and drops what an earlier file holds at or after the step that a resumed run starts from.
 */
public final class EventWriter implements AutoCloseable {
    // Field numbers of tensorflow's event.proto, summary.proto and tensor.proto.
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int VALUE_TENSOR = 8;
    private static final int VALUE_METADATA = 9;
    private static final int METADATA_PLUGIN = 1;
    private static final int PLUGIN_NAME = 1;
    private static final int TENSOR_TYPE = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int TENSOR_STRINGS = 8;
    private static final int SHAPE_DIMENSION = 2;
    private static final int DIMENSION_SIZE = 1;
    private static final int TYPE_STRING = 7;
    private static final int SESSION_START = 1;

    private final RecordFile file;
    private final Clock clock;

    private EventWriter(RecordFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Opens a new event file in {@code folder}, for a run that starts with step {@code firstStep}. */
    public static EventWriter open(Path folder, long firstStep) throws IOException {
        return open(folder, firstStep, Clock.systemUTC());
    }

    static EventWriter open(Path folder, long firstStep, Clock clock) throws IOException {
        Files.createDirectories(folder);
        EventWriter writer = new EventWriter(create(folder, clock.millis() / 1000), clock);
        writer.write(new Proto().text(EVENT_FILE_VERSION, "brain.Event:2"));
        if (firstStep > 0) {
            writer.write(new Proto()
                    .varint(EVENT_STEP, firstStep)
                    .message(EVENT_SESSION_LOG, new Proto().varint(1, SESSION_START)));
        }
        return writer;
    }

    /** One point of the curve {@code tag}; a value that is not finite is shown as such by TensorBoard. */
    public void scalar(String tag, long step, double value) throws IOException {
        summary(step, new Proto().text(VALUE_TAG, tag).fixed32(VALUE_SIMPLE, (float) value));
    }

    /** Markdown text, such as the recipe. */
    public void text(String tag, long step, String markdown) throws IOException {
        Proto metadata = new Proto().message(METADATA_PLUGIN, new Proto().text(PLUGIN_NAME, "text"));
        Proto shape = new Proto().message(SHAPE_DIMENSION, new Proto().varint(DIMENSION_SIZE, 1));
        Proto tensor = new Proto()
                .varint(TENSOR_TYPE, TYPE_STRING)
                .message(TENSOR_SHAPE, shape)
                .text(TENSOR_STRINGS, markdown);
        summary(
                step,
                new Proto().text(VALUE_TAG, tag).message(VALUE_TENSOR, tensor).message(VALUE_METADATA, metadata));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void summary(long step, Proto value) throws IOException {
        write(new Proto().varint(EVENT_STEP, step).message(EVENT_SUMMARY, new Proto().message(SUMMARY_VALUE, value)));
    }

    private synchronized void write(Proto event) throws IOException {
        file.write(event.fixed64(EVENT_WALL_TIME, clock.millis() / 1e3).toBytes());
    }

    private static RecordFile create(Path folder, long seconds) throws IOException {
        for (int i = 0; ; i++) {
            String name = String.format(Locale.ROOT, "events.out.tfevents.%010d.deutero.%d", seconds, i);
            try {
                return new RecordFile(folder.resolve(name));
            } catch (FileAlreadyExistsException taken) {
                // Resumed within the second: the next number.
            }
        }
    }
}
