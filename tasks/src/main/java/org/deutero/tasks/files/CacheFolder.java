package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.Map;
import org.deutero.tensor.files.UserFolders;

/** Where decoded pictures are kept between runs. */
public final class CacheFolder {

    /** The system property that names the folder, before the environment. */
    public static final String PROPERTY = "deutero.cache";

    /** The environment variable that names the folder. */
    public static final String VARIABLE = "DEUTERO_CACHE";

    private CacheFolder() {}

    /**
     * The folder of system property {@value #PROPERTY}, or else of environment variable {@value #VARIABLE}, or else {@code
     * deutero} in {@code XDG_CACHE_HOME}, or else {@code ~/.cache/deutero}, or for a user without a home a folder among the temporary files. It need not exist.
     */
    public static Path find() {
        return find(System.getProperty(PROPERTY, ""), System.getenv(), UserFolders.cache("deutero"));
    }

    static Path find(String property, Map<String, String> environment, Path standard) {
        if (!property.isBlank()) {
            return Path.of(property);
        }
        String own = environment.getOrDefault(VARIABLE, "");
        if (!own.isBlank()) {
            return Path.of(own);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG specification: a relative path in it is to be ignored.
        return !xdg.isBlank() && Path.of(xdg).isAbsolute() ? Path.of(xdg, "deutero") : standard;
    }
}
