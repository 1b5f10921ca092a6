package org.deutero.learn.shards;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.deutero.learn.meta.MetaState;
import org.deutero.tensor.Scope;
import org.deutero.tensor.io.Safetensors;

/**
 * What crosses over between processes when a job is done elsewhere: its state there, results back, nothing else. Whoever builds the same job from the same recipe and an equal state gets
 * equal results, bit by bit.
 *
 * @param kind which job of a recipe it is
 * @param state that its items start from; belongs to whoever made the job
 * @param bytes results as bytes
 * @param <R> what an item comes to
 */
public record Portable<R>(Kind kind, MetaState state, ResultBytes<R> bytes) {
    /** The jobs of a recipe. */
    public enum Kind {
        /** A round of shards, which contribute to an update. */
        TRAINING,
        /** A measurement of what was learned. */
        EVALUATION
    }

    private static final String ITERATION = "iteration";

    /** The state as safetensors. */
    public byte[] stateBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new Safetensors(state.toParams(), Map.of(ITERATION, Long.toString(state.iteration()))).write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The inverse of {@link #stateBytes}; the caller owns it. @throws org.deutero.tensor.io.SafetensorsException if the bytes are not whole */
    public static MetaState stateOf(byte[] bytes) {
        try (Scope s = Scope.open()) {
            Safetensors content = Safetensors.read(new ByteArrayInputStream(bytes), "a state");
            long iteration = Long.parseLong(content.metadata().get(ITERATION));
            return MetaState.of(iteration, content.tensors()).keep(s);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
