package org.deutero.learn.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.learn.meta.MetaState;
import org.deutero.tensor.Scope;
import org.deutero.tensor.io.Safetensors;
import org.deutero.tensor.io.SafetensorsException;

/**
 * The checkpoints of a run: a folder of safetensors files named by iteration, of which the last few are kept, {@code best.safetensors}, and if asked for
 * the few best as {@code best-NNNNNNNN.safetensors}. Files
 * appear whole or not at all.
 */
public final class Checkpoints {
    private static final String FORMAT = "deutero-checkpoint";
    private static final String BEST = "best.safetensors";

    private final Path folder;
    private final int keep;
    private final BestCheckpoints bests;

    /** Like {@link #Checkpoints(Path, int, int)}, with {@code best.safetensors} as the only one of the best. */
    public Checkpoints(Path folder, int keep) {
        this(folder, keep, 1);
    }

    /**
     * The checkpoints in a folder, which is made if it does not exist.
     *
     * @param keep how many of the latest to keep
     * @param keepBest how many of the best to keep
     * @throws UncheckedIOException if the folder cannot be made or written to
     */
    public Checkpoints(Path folder, int keep, int keepBest) {
        if (keep < 1 || keepBest < 1) {
            throw new IllegalArgumentException("at least one checkpoint must be kept, not " + Math.min(keep, keepBest));
        }
        this.folder = folder;
        this.keep = keep;
        this.bests = new BestCheckpoints(folder, keepBest);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " for checkpoints cannot be made", e);
        }
        if (!Files.isWritable(folder)) {
            throw new UncheckedIOException(
                    new IOException("the folder " + folder + " for checkpoints is not writable"));
        }
    }

    /**
     * A checkpoint in memory.
     *
     * @param state owned by the caller
     * @param metadata what was stored beside it
     */
    public record Loaded(MetaState state, Map<String, String> metadata) {}

    /** Writes a checkpoint and removes all but the latest. */
    public Path save(MetaState state, Map<String, String> metadata) {
        Path file = folder.resolve(String.format(Locale.ROOT, "%08d.safetensors", state.iteration()));
        write(file, state, metadata);
        List<Path> all = all();
        for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
            try {
                Files.deleteIfExists(old);
            } catch (IOException e) {
                throw new UncheckedIOException("the old checkpoint " + old + " cannot be removed", e);
            }
        }
        return file;
    }

    /** Writes the best checkpoint so far. */
    public Path saveBest(MetaState state, Map<String, String> metadata) {
        Path file = folder.resolve(BEST);
        write(file, state, metadata);
        return file;
    }

    /**
     * Writes a checkpoint if it is among the few best.
     *
     * @param merit the validation figure, negated if less is better; NaN is never among the best
     * @param diverged validation tasks that it leaves out because they diverged; fewer are better, whatever the merit
     */
    public void offer(MetaState state, double merit, int diverged, Map<String, String> metadata) {
        bests.offer(state, merit, diverged, metadata);
    }

    /** The few best checkpoints, the best first: at most {@code number}, fewer if fewer were kept, and one if only one is. */
    public List<Path> best(int number) {
        List<Path> files = bests.files();
        return number < 2 || files.isEmpty()
                ? best().stream().toList()
                : files.subList(0, Math.min(number, files.size()));
    }

    static void write(Path file, MetaState state, Map<String, String> metadata) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put("format", FORMAT);
        all.put("iteration", Long.toString(state.iteration()));
        new Safetensors(state.toParams(), all).write(file);
    }

    /** The latest checkpoint, if there is one. */
    public Optional<Path> latest() {
        List<Path> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The checkpoint to use: the best one on validation tasks, or else the latest. */
    public Optional<Path> best() {
        Path file = folder.resolve(BEST);
        return Files.isRegularFile(file) ? Optional.of(file) : latest();
    }

    private List<Path> all() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches("\\d+\\.safetensors"))
                    .sorted(Comparator.comparing(f -> f.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be listed", e);
        }
    }

    /**
     * Reads a checkpoint; the caller owns its state.
     *
     * @throws SafetensorsException if the file is not a whole checkpoint
     */
    public static Loaded load(Path file) {
        try (Scope s = Scope.open()) {
            Safetensors content = Safetensors.read(file);
            Map<String, String> metadata = content.metadata();
            if (!FORMAT.equals(metadata.get("format"))) {
                throw new SafetensorsException(file + " is a safetensors file but not a checkpoint of a run");
            }
            long iteration = iteration(metadata, file);
            return new Loaded(MetaState.of(iteration, content.tensors()).keep(s), metadata);
        }
    }

    private static long iteration(Map<String, String> metadata, Path file) {
        try {
            return Long.parseLong(metadata.get("iteration"));
        } catch (NumberFormatException e) {
            throw new SafetensorsException(file + " is a checkpoint that does not tell its iteration", e);
        }
    }
}
