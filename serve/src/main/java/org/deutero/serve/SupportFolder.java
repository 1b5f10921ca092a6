package org.deutero.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.PictureFolder;

/** Examples on disk: one sub-folder a class, read by the same rules as pictures to train on. */
final class SupportFolder {
    private SupportFolder() {}

    static Support read(Path folder, Consumer<String> notes) {
        if (!Files.exists(folder)) {
            throw new DataException(
                    folder
                            + " is not a folder, a zip or a CSV list; expected one with a sub-folder of pictures for each class");
        }
        PictureFolder found = PictureFolder.read(folder).requireExamples(folder);
        Support.Builder support = Support.builder();
        found.classes()
                .forEach((name, pictures) -> pictures.forEach(picture -> support.add(
                        name, () -> PictureFile.decode(picture.bytes().get(), picture.name()))));
        found.note(folder).ifPresent(notes);
        return support.build();
    }
}
