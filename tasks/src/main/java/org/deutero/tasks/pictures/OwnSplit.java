package org.deutero.tasks.pictures;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.ImageCollection;
import org.deutero.tasks.files.Parts;
import org.deutero.tasks.files.SplitFile;

/**
 * Which split of the user's pictures is used.
 *
 * @param images named as the split names them
 * @param given the split of classes of these names; empty if they are dealt out at random
 * @param words what decides, for a person
 */
record OwnSplit(ImageCollection images, Optional<Function<List<String>, ClassSplit>> given, String words) {

    static OwnSplit choose(OwnImages own, ImportedSet source, ImageCollection scan) {
        Optional<Parts> parts = scan.parts();
        String ignored = parts.map(p -> " (" + p.where() + " do not count)").orElse("");
        if (source.split().isPresent()) {
            Path file = source.split().get();
            if (!Files.isRegularFile(file)) {
                throw new DataException("there is no split file " + file
                        + " (tasks.split-file); if it has moved, say where it is with --set tasks.split-file=FILE");
            }
            return new OwnSplit(
                    SplitFile.fits(file, scan.classNames()) ? scan : scan.byFolder(),
                    Optional.of(names -> SplitFile.read(file, names)),
                    file + ignored);
        }
        if (own.split().equals("random") || (own.split().equals("auto") && parts.isEmpty())) {
            return new OwnSplit(scan, Optional.empty(), "chance" + ignored);
        }
        Parts found =
                parts.orElseThrow(() -> new DataException("tasks.split is folders, but the classes of " + own.path()
                        + " do not lie in folders train, val and test; expected such folders, or tasks.split: random"));
        found.fault().ifPresent(fault -> {
            throw new DataException(fault);
        });
        return new OwnSplit(scan, Optional.of(found::split), found.where());
    }
}
