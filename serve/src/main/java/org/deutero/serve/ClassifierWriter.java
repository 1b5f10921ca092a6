package org.deutero.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deutero.options.Provider;
import org.deutero.options.Registry;

/** Writes classifiers as files of other programs; found by {@link java.util.ServiceLoader}. The module {@code onnx} has one. */
public interface ClassifierWriter extends Provider {
    /** The name of the format, such as {@code onnx}. */
    String format();

    /**
     * Writes a file, whole or not at all.
     *
     * @throws org.deutero.tasks.DataException if the format has no words for this classifier
     */
    void write(FewShotClassifier classifier, Path file);

    /** The writer of a format, if its module is there. */
    static Optional<ClassifierWriter> of(String format) {
        return Registry.of("writer of classifiers", ClassifierWriter.class, List::of, ClassifierWriter::format)
                .named(format);
    }
}
