package org.deutero.tasks.pictures;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.deutero.tasks.benchmarks.Import;

/**
 * Where pictures and split are: a folder that {@code deutero data import} has made holds both.
 *
 * @param pictures folder, zip or CSV list
 * @param split a split by class name
 */
public record ImportedSet(Path pictures, Optional<Path> split) {
    /**
     * Looks for both.
     *
     * @param path folder, zip or CSV list, or a folder that an import has made
     * @param split a split file that is given besides, and wins
     */
    public static ImportedSet at(Path path, Optional<Path> split) {
        Path own = path.resolve(Import.SPLIT);
        if (Files.isRegularFile(own)) {
            for (String name : Import.PICTURES) {
                Path pictures = path.resolve(name);
                if (Files.isRegularFile(pictures)) {
                    return new ImportedSet(pictures, Optional.of(split.orElse(own)));
                }
            }
        }
        return new ImportedSet(path, split);
    }
}
