package org.deutero.tasks.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deutero.tasks.DataException;

/** The files under a folder or in a zip, by path with forward slashes, and how to read them. */
sealed interface FileTree extends AutoCloseable permits FileTree.Folder, FileTree.Zip, ListedFiles {

    /** Paths of all files, sorted; hidden ones and what archivers leave behind are not among them. */
    SortedSet<String> files();

    /** Paths of all folders, without the root. */
    SortedSet<String> folders();

    /** Files that were passed over because they are hidden. */
    int hidden();

    /** The bytes of a file; refuses to read more than the limit, whatever size the file claims to have. */
    byte[] read(String file, long limit);

    /** Size and time of a file, or of a zipped one size and checksum: another stamp means other content. */
    String stamp(String file);

    /** How to name a file in an error. */
    String describe(String file);

    @Override
    void close();

    static FileTree open(Path path) {
        if (Files.isDirectory(path)) {
            return new Folder(path);
        }
        if (!Files.exists(path)) {
            throw new DataException(path + " does not exist; expected a folder of class folders, or a zip of one");
        }
        if (path.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            return ListedFiles.read(path);
        }
        if (!path.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            throw new DataException(path + " is neither a folder nor a .zip file, nor a .csv list of pictures");
        }
        return new Zip(path);
    }

    private static boolean isHidden(String path) {
        for (String part : path.split("/", -1)) {
            if (part.startsWith(".") || part.equals("__MACOSX")) {
                return true;
            }
        }
        return false;
    }

    /** All of a stream, unless that is more than the limit. */
    static byte[] atMost(InputStream in, long limit, String what) throws IOException {
        int bound = (int) Math.min(limit, Integer.MAX_VALUE - 16);
        byte[] bytes = in.readNBytes(bound);
        if (in.read() >= 0) {
            throw new DataException(what + " is larger than the limit of " + limit + " bytes for one file");
        }
        return bytes;
    }

    /** Size and time of a file on disk. */
    static String stamp(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return seen.size() + "@" + seen.lastModifiedTime();
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A folder; links are followed, loops refused. */
    final class Folder implements FileTree {
        private final Path root;
        private final SortedSet<String> files = new TreeSet<>();
        private final SortedSet<String> folders = new TreeSet<>();
        private int hidden;

        private Folder(Path root) {
            this.root = root;
            try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
                walk.filter(p -> !p.equals(root)).forEach(this::add);
            } catch (UncheckedIOException e) {
                if (e.getCause() instanceof FileSystemLoopException) {
                    throw new DataException(
                            root + " holds a link that leads back to its own parent: "
                                    + e.getCause().getMessage(),
                            e);
                }
                throw new DataException(
                        root + " cannot be read: " + e.getCause().getMessage(), e);
            } catch (IOException e) {
                throw new DataException(root + " cannot be read: " + e.getMessage(), e);
            }
        }

        private void add(Path path) {
            StringBuilder name = new StringBuilder();
            for (Path part : root.relativize(path)) {
                name.append(name.isEmpty() ? "" : "/").append(part);
            }
            String relative = name.toString();
            if (Files.isDirectory(path)) {
                if (!isHidden(relative)) {
                    folders.add(relative);
                }
            } else if (isHidden(relative)) {
                hidden++;
            } else {
                files.add(relative);
            }
        }

        @Override
        public SortedSet<String> files() {
            return Collections.unmodifiableSortedSet(files);
        }

        @Override
        public SortedSet<String> folders() {
            return Collections.unmodifiableSortedSet(folders);
        }

        @Override
        public int hidden() {
            return hidden;
        }

        @Override
        public byte[] read(String file, long limit) {
            try (InputStream in = Files.newInputStream(root.resolve(file))) {
                return atMost(in, limit, describe(file));
            } catch (IOException e) {
                throw new DataException(describe(file) + " cannot be read: " + e.getMessage(), e);
            }
        }

        @Override
        public String stamp(String file) {
            return FileTree.stamp(root.resolve(file));
        }

        @Override
        public String describe(String file) {
            return root.resolve(file).toString();
        }

        @Override
        public void close() {}
    }

    /** A zip file; nothing is ever unpacked to disk. */
    final class Zip implements FileTree {
        /** Pictures are compressed already; a small one of a single colour may still shrink a lot. */
        private static final long RATIO = 100;

        private static final long RATIO_FREE = 4 << 20;

        private final Path path;
        private final ZipFile zip;
        private final TreeMap<String, ZipEntry> files = new TreeMap<>();
        private final SortedSet<String> folders = new TreeSet<>();
        private int hidden;

        private Zip(Path path) {
            this.path = path;
            try {
                zip = new ZipFile(path.toFile());
            } catch (IOException | IllegalArgumentException e) {
                throw new DataException(path + " is not a readable zip file: " + e.getMessage(), e);
            }
            try {
                zip.stream().forEach(this::add);
            } catch (RuntimeException e) {
                close();
                throw e instanceof DataException
                        ? e
                        : new DataException(path + " is not a readable zip file: " + e.getMessage(), e);
            }
        }

        private void add(ZipEntry entry) {
            String name = entry.getName();
            String plain = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
            checkName(plain);
            if (isHidden(plain)) {
                hidden += entry.isDirectory() ? 0 : 1;
                return;
            }
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                folders.add(name.substring(0, slash));
            }
            if (!entry.isDirectory() && files.put(name, entry) != null) {
                throw new DataException(path + " holds two files named '" + name + "'");
            }
        }

        /** Such names can only be mischief or a broken archiver, and other tools would write outside their folder. */
        private void checkName(String name) {
            boolean climbs =
                    name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') == 1;
            for (String part : name.split("/", -1)) {
                climbs |= part.equals("..") || part.equals(".") || part.isEmpty();
            }
            if (climbs || name.indexOf('\0') >= 0) {
                throw new DataException(path + " holds an entry named '" + name
                        + "', which is not a plain path below the archive's root; the archive is refused");
            }
        }

        @Override
        public SortedSet<String> files() {
            return Collections.unmodifiableSortedSet(files.navigableKeySet());
        }

        @Override
        public SortedSet<String> folders() {
            return Collections.unmodifiableSortedSet(folders);
        }

        @Override
        public int hidden() {
            return hidden;
        }

        @Override
        public String stamp(String file) {
            ZipEntry entry = files.get(file);
            return entry.getSize() + "#" + entry.getCrc();
        }

        @Override
        public byte[] read(String file, long limit) {
            ZipEntry entry = files.get(file);
            if (entry.getSize() > RATIO_FREE && entry.getSize() / RATIO > entry.getCompressedSize()) {
                throw new DataException(describe(file) + " would grow from " + entry.getCompressedSize() + " to "
                        + entry.getSize() + " bytes, more than " + RATIO
                        + "-fold, as no picture does; it is taken for a zip bomb and refused");
            }
            try (InputStream in = zip.getInputStream(files.get(file))) {
                return atMost(in, limit, describe(file));
            } catch (IOException e) {
                throw new DataException(describe(file) + " cannot be read: " + e.getMessage(), e);
            }
        }

        @Override
        public String describe(String file) {
            return path + "!" + file;
        }

        @Override
        public void close() {
            try {
                zip.close();
            } catch (IOException e) {
                throw new DataException(path + " cannot be closed: " + e.getMessage(), e);
            }
        }
    }
}
