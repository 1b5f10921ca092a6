package org.deutero.tasks.files;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deutero.tasks.DataException;

/** The folder in which the user keeps data sets that cannot be shipped: system property {@value #PROPERTY}. */
public final class DataFolder {

    /** The system property that names the folder. */
    public static final String PROPERTY = "deutero.data";

    private DataFolder() {}

    /**
     * A file or folder within the data folder.
     *
     * @param relative such as {@code mini-imagenet/mini-imagenet-32x32-sheets.zip}
     * @throws DataException if the property is not set, or there is nothing of that name
     */
    public static Path find(String relative) {
        String folder = System.getProperty(PROPERTY, "");
        if (folder.isBlank()) {
            throw new DataException("where is " + relative + "? Give its path, or set the system property " + PROPERTY
                    + " to the folder that holds it (-D" + PROPERTY + "=FOLDER)");
        }
        Path path = Path.of(folder, relative);
        if (!Files.exists(path)) {
            throw new DataException(path + " does not exist (the system property " + PROPERTY + " is " + folder + ")");
        }
        return path;
    }
}
