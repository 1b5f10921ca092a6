package org.deutero.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deutero.tasks.DataException;
import org.deutero.tensor.Scope;
import org.deutero.tensor.files.FileReasons;

/** Opens what is stored: the work behind {@link org.deutero.Deutero}, which has the documentation. */
public final class Artifacts {
    /** The learner that a run leaves in its folder. */
    public static final String OF_RUN = "learner.dtr";

    private static final String BUILTIN = "builtin/";

    private static final String BUILTIN_PREFIX = "builtin:";

    private Artifacts() {}

    /** A learner from a file, or from the folder of a run. */
    public static TrainedLearner learner(Path path) {
        Path file = ofRun(path);
        try (Scope s = Scope.open()) {
            return TrainedLearner.of(Artifact.read(file, Artifact.Kind.LEARNER), file.toString(), s);
        }
    }

    private static Path ofRun(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(OF_RUN) : path;
        if (Files.isDirectory(path) && !Files.isRegularFile(file)) {
            throw new DataException(path + " holds no " + OF_RUN
                    + "; if it is the folder of a run, write one with \"deutero export " + path + "\"");
        }
        return file;
    }

    /** An optimiser from a file, or from the folder of a run. */
    public static TrainedOptimizer optimizer(Path path) {
        try (Scope s = Scope.open()) {
            Path file = ofRun(path);
            return TrainedOptimizer.of(Artifact.read(file, Artifact.Kind.OPTIMIZER), file.toString());
        }
    }

    /** An optimiser as recipes name it: the folder of a run, a {@code .dtr} file, or {@code builtin:NAME}. */
    public static TrainedOptimizer optimizer(String name) {
        return name.startsWith(BUILTIN_PREFIX)
                ? builtinOptimizer(name.substring(BUILTIN_PREFIX.length()))
                : optimizer(Path.of(name));
    }

    /** A classifier from a file. */
    public static FewShotClassifier classifier(Path file) {
        try (Scope s = Scope.open()) {
            return FewShotClassifier.of(Artifact.read(file, Artifact.Kind.CLASSIFIER), file.toString(), s);
        }
    }

    /** A learner from this library's own resources: {@code builtin/NAME.dtr}, or {@code builtin/NAME-protonet.dtr} if a name alone is given. */
    public static TrainedLearner builtin(String name) {
        for (String file : new String[] {name + ".dtr", name + "-protonet.dtr"}) {
            try (InputStream in = Artifacts.class.getResourceAsStream(BUILTIN + file);
                    Scope s = Scope.open()) {
                if (in != null) {
                    String source = "builtin:" + name;
                    return TrainedLearner.of(Artifact.read(in, source, Artifact.Kind.LEARNER), source, s);
                }
            } catch (IOException e) {
                throw new DataException("the bundled learner \"" + name + "\" cannot be read: " + FileReasons.of(e), e);
            }
        }
        throw new DataException(
                "no learner \"" + name + "\" comes with this build of Deutero; train one, for example with"
                        + " \"deutero train omniglot-5way-1shot-protonet-small\", and give the folder of the run");
    }

    /** An optimiser from this library's own resources, {@code builtin/NAME.dtr}. */
    public static TrainedOptimizer builtinOptimizer(String name) {
        try (InputStream in = Artifacts.class.getResourceAsStream(BUILTIN + name + ".dtr");
                Scope s = Scope.open()) {
            if (in == null) {
                throw new DataException("no optimiser \"" + name
                        + "\" comes with this build of Deutero; there is builtin:optimizer-mlp");
            }
            String source = BUILTIN_PREFIX + name;
            return TrainedOptimizer.of(Artifact.read(in, source, Artifact.Kind.OPTIMIZER), source);
        } catch (IOException e) {
            throw new DataException("the bundled optimiser \"" + name + "\" cannot be read: " + FileReasons.of(e), e);
        }
    }
}
