package org.deutero.tasks.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deutero.tasks.ClassSplit.Part;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.PictureList;
import org.deutero.tensor.files.FileReasons;
import org.deutero.tensor.io.AtomicFiles;

/**
 * Makes a folder that recipes can be trained on out of a benchmark's pictures: {@value #SPLIT}, and either {@code pictures.csv},
 * a list of where the pictures are, or {@code pictures.zip}, if they were not picture files.
 *
 * @param pictures in all
 * @param notes how what was found differs from what was published, a sentence each
 */
public record Import(int pictures, List<String> notes) {

    /** Name of the split file. */
    public static final String SPLIT = "split.csv";

    /** Names under which pictures may be. */
    public static final List<String> PICTURES = List.of("pictures.csv", "pictures.zip");

    private static final int NAMED = 5;

    /**
     * Imports a benchmark.
     *
     * @param from what {@link Benchmark#expects()} says
     * @param out folder to make; must not exist or be empty
     */
    public static Import run(Benchmark benchmark, Path from, Path out, LoadListener listener) {
        if (!Files.exists(from)) {
            throw new DataException(from + " does not exist; expected " + benchmark.expects());
        }
        Map<String, Part> parts = SplitLists.of(benchmark);
        try {
            refuseFull(out);
            SortedMap<String, Integer> counts = new TreeMap<>();
            if (benchmark.cifar()) {
                SortedMap<String, List<byte[]>> classes = Cifar100.read(from).classes();
                classes.forEach((name, pictures) -> counts.put(name, pictures.size()));
                Import result = check(benchmark, from, parts, counts);
                Files.createDirectories(out);
                AtomicFiles.write(
                        out.resolve(PICTURES.get(1)), zip -> PictureZip.write(zip, classes, Cifar100.SIDE, listener));
                PictureList.writeSplit(out.resolve(SPLIT), parts);
                return result;
            }
            SortedMap<String, List<Path>> classes = folders(from, parts);
            classes.forEach((name, pictures) -> counts.put(name, pictures.size()));
            Import result = check(benchmark, from, parts, counts);
            Files.createDirectories(out);
            PictureList.write(out.resolve(PICTURES.get(0)), classes);
            PictureList.writeSplit(out.resolve(SPLIT), parts);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + out + " cannot be written: " + FileReasons.of(e), e);
        }
    }

    private static SortedMap<String, List<Path>> folders(Path from, Map<String, Part> parts) {
        if (!Files.isDirectory(from)) {
            throw new DataException(from + " is no folder; unpack it first");
        }
        if (Files.isRegularFile(from.resolve("train.csv"))) {
            SortedMap<String, List<Path>> all = new TreeMap<>();
            for (String name : List.of("train.csv", "val.csv", "test.csv")) {
                PictureList.read(from.resolve(name))
                        .forEach((c, files) ->
                                all.computeIfAbsent(c, k -> new ArrayList<>()).addAll(files));
            }
            all.keySet().retainAll(parts.keySet());
            return all;
        }
        return ClassFolders.find(from, parts.keySet());
    }

    private static void refuseFull(Path out) throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new DataException("a file " + out + " is where the folder would be made; choose another with --out");
        }
        if (Files.isDirectory(out)) {
            try (Stream<Path> content = Files.list(out)) {
                if (content.findAny().isPresent()) {
                    throw new DataException("the folder " + out + " is not empty; choose another with --out");
                }
            }
        }
    }

    private static Import check(
            Benchmark benchmark, Path from, Map<String, Part> parts, SortedMap<String, Integer> counts) {
        List<String> missing =
                parts.keySet().stream().filter(c -> !counts.containsKey(c)).toList();
        if (!missing.isEmpty()) {
            throw new DataException(from + " lacks " + missing.size() + " of the " + parts.size() + " classes of "
                    + benchmark.label() + ": " + some(missing) + "; expected " + benchmark.expects());
        }
        int total = counts.values().stream().mapToInt(Integer::intValue).sum();
        List<String> notes = new ArrayList<>();
        if (total != benchmark.pictures()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s was published with %,d pictures, but %,d are here; figures in print are of the whole set.",
                    benchmark.label(),
                    benchmark.pictures(),
                    total));
        }
        List<String> odd = counts.entrySet().stream()
                .filter(c -> benchmark.perClass() > 0 && c.getValue() != benchmark.perClass())
                .map(c -> c.getKey() + " (" + c.getValue() + ")")
                .toList();
        if (!odd.isEmpty()) {
            notes.add("These classes do not have " + benchmark.perClass() + " pictures: " + some(odd) + ".");
        }
        return new Import(total, notes);
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
