package org.deutero.learn.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.deutero.learn.meta.MetaState;
import org.deutero.tensor.Scope;
import org.deutero.tensor.io.Safetensors;

/**
 * The few best checkpoints on validation tasks, {@code best-NNNNNNNN.safetensors}, for an ensemble.
 *
 * <p>A new one is written whole before an old one goes, and which stay depends on their figures and iterations alone: a run that was
 * interrupted at any point and resumed ends with the same files.
 *
 * @param folder of checkpoints
 * @param keep how many to keep; with less than two there are none, since {@code best.safetensors} does
 */
record BestCheckpoints(Path folder, int keep) {
    /** A file and how good it is: fewer diverged tasks are better, then more merit, and of equals the earlier. */
    private record Ranked(Path file, double merit, int diverged) {
        static final Comparator<Ranked> BEST_FIRST = Comparator.comparingInt(Ranked::diverged)
                .thenComparing(Comparator.comparingDouble(Ranked::merit).reversed())
                .thenComparing(r -> r.file().getFileName().toString());
    }

    private static final String MERIT = "merit";
    private static final String DIVERGED = "merit-diverged";

    /**
     * Writes a checkpoint if it is among the best.
     *
     * @param merit the validation figure, negated if less is better
     * @param diverged validation tasks that it leaves out because they diverged
     */
    void offer(MetaState state, double merit, int diverged, Map<String, String> metadata) {
        if (keep < 2 || Double.isNaN(merit)) {
            return;
        }
        Path file = folder.resolve(String.format(Locale.ROOT, "best-%08d.safetensors", state.iteration()));
        List<Ranked> ranked = new ArrayList<>(ranked());
        ranked.removeIf(r -> r.file().equals(file));
        ranked.add(new Ranked(file, merit, diverged));
        ranked.sort(Ranked.BEST_FIRST);
        List<Ranked> rest = ranked.subList(Math.min(keep, ranked.size()), ranked.size());
        if (rest.stream().noneMatch(r -> r.file().equals(file))) {
            Map<String, String> all = new LinkedHashMap<>(metadata);
            all.put(MERIT, Double.toString(merit));
            if (diverged > 0) {
                all.put(DIVERGED, Integer.toString(diverged));
            }
            Checkpoints.write(file, state, all);
        }
        rest.forEach(r -> delete(r.file()));
    }

    /** The files, the best first. */
    List<Path> files() {
        return ranked().stream().map(Ranked::file).toList();
    }

    private List<Ranked> ranked() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches("best-\\d+\\.safetensors"))
                    .map(BestCheckpoints::ranked)
                    .sorted(Ranked.BEST_FIRST)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be listed", e);
        }
    }

    /** A file that lacks its merit has the least. */
    @SuppressWarnings("try") // the scope works by being open
    private static Ranked ranked(Path file) {
        try (Scope s = Scope.open()) {
            Map<String, String> metadata = Safetensors.read(file).metadata();
            String merit = metadata.get(MERIT);
            return new Ranked(
                    file,
                    merit == null ? Double.NEGATIVE_INFINITY : Double.parseDouble(merit),
                    Integer.parseInt(metadata.getOrDefault(DIVERGED, "0")));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint " + file + " cannot be removed", e);
        }
    }
}
