package org.deutero.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deutero.Deutero;
import org.deutero.experiment.base.UserException;
import org.deutero.serve.Encoders;
import org.deutero.serve.FeatureEncoder;
import org.deutero.serve.TrainedLearner;

/** A trained learner as the command line names it: the folder of a run, a {@code .dtr} file, or {@code builtin:NAME}. */
public final class LearnerSource {
    private static final String BUILTIN = "builtin:";

    private LearnerSource() {}

    /** The caller closes it. */
    public static TrainedLearner open(String name) {
        return open(name, List.of());
    }

    /**
     * The same where the data of a run have moved.
     *
     * @param overrides {@code key=value}, such as {@code tasks.path=NEW}
     */
    public static TrainedLearner open(String name, List<String> overrides) {
        if (name.startsWith(BUILTIN)) {
            return Deutero.builtin(name.substring(BUILTIN.length()));
        }
        Path path = Path.of(name);
        if (Encoders.isEncoder(name) && Files.isRegularFile(path)) {
            try (FeatureEncoder encoder = Encoders.open(path, Map.of())) {
                return TrainedLearner.over(encoder, "nearest-centroid", Map.of());
            }
        }
        if (!Files.exists(path)) {
            throw UserException.usage("there is no run folder or .dtr file " + name);
        }
        return Files.isRegularFile(new RunFolder(path).recipeFile())
                ? ofRun(RunFolder.open(path), overrides)
                : Deutero.load(path);
    }

    /** What training left when it ended, or else made now from the best state so far. */
    private static TrainedLearner ofRun(RunFolder folder, List<String> overrides) {
        return isExported(folder)
                ? Deutero.load(folder.path())
                : runner(folder, overrides).learner();
    }

    /** The run of a folder, quietly. */
    public static Runner runner(RunFolder folder) {
        return runner(folder, List.of());
    }

    /** The same where its data have moved. */
    public static Runner runner(RunFolder folder, List<String> overrides) {
        return new Runner(Resumption.moved(folder, overrides), folder, RunListener.NONE);
    }

    private static boolean isExported(RunFolder folder) {
        Path best = folder.checkpoints().resolve("best.safetensors");
        try {
            return Files.isRegularFile(folder.learner())
                    && (!Files.isRegularFile(best)
                            || Files.getLastModifiedTime(folder.learner()).compareTo(Files.getLastModifiedTime(best))
                                    >= 0);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
