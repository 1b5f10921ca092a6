package org.deutero.experiment;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.deutero.experiment.base.FolderLock;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.metrics.MetricsFile;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.serve.Artifacts;
import org.deutero.tensor.files.FileReasons;
import org.deutero.tensor.io.AtomicFiles;

/**
 * Where everything of a run lives.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /**
     * Makes the folder for a new run unless one is given: {@code runs/NAME-DATE-TIME}, with a number behind it if that is there already. No two callers
     * get the same one, in whatever processes they are.
     */
    public static Path standard(String name) {
        String safe = name.isEmpty() ? "run" : name.replaceAll("[^A-Za-z0-9._-]+", "-");
        String stamped = safe + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
        Path runs = Path.of("runs");
        try {
            Files.createDirectories(runs);
            for (int number = 1; ; number++) {
                try {
                    return Files.createDirectory(runs.resolve(number == 1 ? stamped : stamped + "-" + number));
                } catch (FileAlreadyExistsException taken) {
                    // by a run of the same second
                }
            }
        } catch (IOException e) {
            throw UserException.failure(
                    "a folder for the run cannot be made in " + runs.toAbsolutePath() + ": " + FileReasons.of(e), e);
        }
    }

    /** Makes the folder of a new run; refuses one that holds something already. */
    public static RunFolder create(Path path) {
        try {
            Files.createDirectories(path);
            try (Stream<Path> content = Files.list(path)) {
                if (content.anyMatch(file -> !file.endsWith(FolderLock.NAME))) {
                    throw UserException.usage("the folder " + path + " is not empty; choose another with --out"
                            + (Files.exists(path.resolve("recipe.yaml"))
                                    ? ", or go on with the run in it by --resume " + path
                                    : ""));
                }
            }
        } catch (IOException e) {
            throw UserException.failure("the folder " + path + " for the run cannot be made: " + FileReasons.of(e), e);
        }
        if (!Files.isWritable(path)) {
            throw UserException.failure("the folder " + path + " for the run is not writable", null);
        }
        return new RunFolder(path);
    }

    /** The folder of a run that has been started. */
    public static RunFolder open(Path path) {
        if (!Files.isDirectory(path)) {
            throw UserException.usage("there is no run folder " + path);
        }
        RunFolder folder = new RunFolder(path);
        if (!Files.isRegularFile(folder.recipeFile())) {
            throw UserException.usage(path + " is not the folder of a run: it holds no recipe.yaml");
        }
        return folder;
    }

    /** The recipe, complete and resolved. */
    public Path recipeFile() {
        return path.resolve("recipe.yaml");
    }

    /** The recipe as it was resolved when the run started. */
    public Recipe recipe() {
        Recipe recipe = RecipeFile.read(recipeFile());
        return new Recipe(recipeFile().toString(), recipe.tree());
    }

    /** With overrides, for measuring under other conditions. */
    public Recipe recipe(List<String> overrides) {
        return RecipeFile.load(recipeFile().toAbsolutePath().toString(), overrides);
    }

    /** The numbers. */
    public MetricsFile metrics() {
        return new MetricsFile(metricsFile());
    }

    private Path metricsFile() {
        return path.resolve("metrics.jsonl");
    }

    /** Checkpoints. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** TensorBoard's event files. */
    public Path events() {
        return path.resolve("tensorboard");
    }

    /** The trained learner, ready for use. */
    public Path learner() {
        return path.resolve(Artifacts.OF_RUN);
    }

    /** The trained classifier, for tasks whose classes are always the same. */
    public Path classifier() {
        return path.resolve("classifier.dtr");
    }

    /** Training pictures whose labels are in doubt. */
    public Path suspects() {
        return path.resolve("suspects.csv");
    }

    /** The same as a page. */
    public Path suspectsPage() {
        return path.resolve("suspects.html");
    }

    /** The report. */
    public Path report() {
        return path.resolve("report.html");
    }

    /** Keeps others from writing here until it is closed. @throws UserException if someone else is at work here */
    public FolderLock lock() {
        return FolderLock.take(path);
    }

    /**
     * Empties the folder of a run that was refused before it did anything, so that the mended recipe can take the folder; a folder with an iteration in it stays as
     * it is. Only while the folder is {@linkplain #lock locked}.
     */
    void abandon() throws IOException {
        boolean done = metrics().read().stream().anyMatch(row -> !(row instanceof MetricRow.Start));
        if (done || holdsFile(checkpoints())) {
            return;
        }
        for (Path part : List.of(checkpoints(), events(), metricsFile(), recipeFile())) {
            delete(part);
        }
    }

    private static boolean holdsFile(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isPresent();
        }
    }

    private static void delete(Path part) throws IOException {
        if (Files.isDirectory(part)) {
            try (Stream<Path> content = Files.list(part)) {
                for (Path each : content.toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.deleteIfExists(part);
    }

    /** Removes what a killed process left half written. Only while the folder is {@linkplain #lock locked}. */
    void removeLeftovers() throws IOException {
        AtomicFiles.removeLeftovers(path);
        AtomicFiles.removeLeftovers(checkpoints());
    }
}
