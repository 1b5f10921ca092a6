package org.deutero.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.deutero.tasks.DataException;

/** Examples on disk: one sub-folder a class. Hidden files, and files that are not named like a picture, are passed over. */
final class SupportFolder {
    private SupportFolder() {}

    static Support read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(
                    folder + " is not a folder; expected one with a sub-folder of pictures for each class");
        }
        List<Path> strays = list(folder, SupportFolder::isPicture);
        List<Path> classes = list(folder, Files::isDirectory);
        if (classes.isEmpty()) {
            throw new DataException(folder + " holds no classes; expected a sub-folder of pictures for each class");
        }
        if (!strays.isEmpty()) {
            throw new DataException(
                    "the picture " + strays.get(0) + " lies in no class; expected it in the sub-folder of its class");
        }
        Support.Builder support = Support.builder();
        for (Path part : classes) {
            List<Path> pictures = list(part, SupportFolder::isPicture);
            if (pictures.isEmpty()) {
                throw new DataException("class folder " + part + " holds no PNG or JPEG pictures");
            }
            pictures.forEach(picture -> support.add(part.getFileName().toString(), picture));
        }
        return support.build();
    }

    /** What a folder holds of a kind, sorted by name. */
    private static List<Path> list(Path folder, Predicate<Path> kind) {
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(kind)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isPicture(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(path) && (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"));
    }
}
