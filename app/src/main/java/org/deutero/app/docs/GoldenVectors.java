package org.deutero.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.base.UserException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is held to golden vectors, {@code docs/golden.yaml}. */
final class GoldenVectors {
    /**
     * A file of vectors.
     *
     * @param methods names of the methods that are held to it
     * @param what else, or what of them; empty if there is nothing to say
     */
    record Entry(List<String> methods, String what) {
        Entry {
            methods = methods == null ? List.of() : List.copyOf(methods);
            what = what == null ? "" : what;
        }
    }

    private final Map<String, Entry> files;

    private GoldenVectors(Map<String, Entry> files) {
        this.files = files;
    }

    /** Reads the file. @throws UserException if it is not such a file */
    static GoldenVectors read(Path file) throws IOException {
        try {
            return new GoldenVectors(new YAMLMapper()
                    .readValue(Files.readString(file), new TypeReference<LinkedHashMap<String, Entry>>() {}));
        } catch (JacksonException e) {
            throw UserException.usage(
                    file + " does not tell golden vectors: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    /** By name of the file, in the order of the record. */
    Map<String, Entry> files() {
        return files;
    }

    /** Names of the files that a method is held to. */
    List<String> of(String method) {
        return files.entrySet().stream()
                .filter(entry -> entry.getValue().methods().contains(method))
                .map(Map.Entry::getKey)
                .toList();
    }
}
