package org.deutero.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.tensor.files.FileReasons;
import org.deutero.tensor.files.UserFolders;

/**
 * Where JavaCPP unpacks native libraries to: its own default, {@code .javacpp/cache} in the user's home, as long as there is a home; else a folder of the user's own among the
 * temporary files. JavaCPP alone would take a user without an entry in the system's list of users to live in a folder named {@code ?}, and have all such users share one.
 */
public final class NativeFolder {
    /** The property that names another. */
    public static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private static final Path BELOW_HOME = Path.of(".javacpp", "cache");

    private NativeFolder() {}

    /** The folder that is, or would be, in use. */
    public static Path inUse() {
        String set = System.getProperty(PROPERTY);
        return set != null
                ? Path.of(set)
                : UserFolders.home()
                        .map(home -> home.resolve(BELOW_HOME))
                        .orElseGet(() -> UserFolders.temporary().resolve("javacpp"));
    }

    /** Sets the property, unless it is set. @return why none of the folders can be written; empty if one can */
    static List<String> choose() {
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, Candidate> candidate : candidates().entrySet()) {
            try {
                Path folder = candidate.getValue().make();
                UserFolders.requireWritable(folder);
                System.setProperty(PROPERTY, folder.toString());
                return List.of();
            } catch (IOException e) {
                refused.add(candidate.getKey() + " (" + FileReasons.of(e) + ")");
            }
        }
        return refused;
    }

    private interface Candidate {
        Path make() throws IOException;
    }

    private static Map<String, Candidate> candidates() {
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        String set = System.getProperty(PROPERTY);
        if (set != null) {
            candidates.put(set, () -> UserFolders.make(Path.of(set)));
            return candidates;
        }
        Optional<Path> home = UserFolders.home().map(folder -> folder.resolve(BELOW_HOME));
        home.ifPresent(folder -> candidates.put(folder.toString(), () -> UserFolders.make(folder)));
        candidates.put(
                UserFolders.temporary().toString(),
                () -> UserFolders.make(UserFolders.makeTemporary().resolve("javacpp")));
        return candidates;
    }
}
