package org.deutero.tensor.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Folders of the user who runs this process. In containers that user often has no entry in the system's list of users: Java then calls its home and its name {@code ?}.
 */
public final class UserFolders {
    private static final String UNKNOWN = "?";

    private UserFolders() {}

    /** The home folder; empty if the system knows none, or one that does not exist. */
    public static Optional<Path> home() {
        return home(System.getProperty("user.home"), System.getenv("HOME"));
    }

    static Optional<Path> home(String property, String variable) {
        return existing(property).or(() -> existing(variable));
    }

    private static Optional<Path> existing(String folder) {
        if (folder == null || folder.isBlank() || folder.equals(UNKNOWN)) {
            return Optional.empty();
        }
        Path path = Path.of(folder);
        // Users who are to have no home are given /nonexistent, or the root of the system.
        return path.isAbsolute() && path.getNameCount() > 0 && Files.isDirectory(path)
                ? Optional.of(path)
                : Optional.empty();
    }

    /** A folder for caches: {@code .cache/NAME} in the home folder, or else one among the temporary files. It need not exist. */
    public static Path cache(String name) {
        return home().map(home -> home.resolve(".cache").resolve(name))
                .orElseGet(() -> temporary().resolve(name));
    }

    /** A folder of this user alone among the temporary files, which {@link #makeTemporary} makes. */
    public static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
                .toAbsolutePath()
                .resolve("deutero-" + user());
    }

    /** Makes {@link #temporary()} for this user to use alone. @throws IOException also if it belongs to someone else, who could put libraries of his own there */
    public static Path makeTemporary() throws IOException {
        Path folder = temporary();
        Files.createDirectories(folder.getParent());
        try {
            if (Files.getFileStore(folder.getParent()).supportsFileAttributeView("posix")) {
                Set<PosixFilePermission> own = PosixFilePermissions.fromString("rwx------");
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(own));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException there) {
            requireOwn(folder);
        }
        return folder;
    }

    private static void requireOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(folder.toString(), null, "a file or link of that name is in the way");
        }
        Object owner = userNumber();
        if (owner != null && !owner.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            throw new FileSystemException(folder.toString(), null, "it belongs to another user");
        }
    }

    /** Makes a folder with those above it. */
    public static Path make(Path folder) throws IOException {
        return Files.createDirectories(folder);
    }

    /** @throws IOException with the reason, if no file can be written into a folder */
    public static void requireWritable(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".deutero", ".probe");
        Files.delete(probe);
    }

    /** The name, or the number where there is no name. */
    private static String user() {
        String name = System.getProperty("user.name", UNKNOWN);
        if (!name.isBlank() && !name.equals(UNKNOWN)) {
            return name.replaceAll("[^\\p{Alnum}._-]", "-").toLowerCase(Locale.ROOT);
        }
        Object number = userNumber();
        return number == null ? "user" : number.toString();
    }

    /** The number of the user of this process, as the files that it makes have it; null where files have none. */
    private static Object userNumber() {
        try {
            Path process = Path.of("/proc/self");
            if (Files.exists(process)) {
                return Files.getAttribute(process, "unix:uid");
            }
            Path probe = Files.createTempFile("deutero", ".probe");
            try {
                return Files.getAttribute(probe, "unix:uid");
            } finally {
                Files.delete(probe);
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException none) {
            return null;
        }
    }
}
