package org.deutero.tasks.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deutero.tasks.DataException;
import org.deutero.tensor.files.FileReasons;

/** The files under a folder or in a zip, by path with forward slashes, and how to read them. */
sealed interface FileTree extends AutoCloseable permits FileTree.Folder, FileTree.Zip, ListedFiles {

    /** Paths of all files, sorted; hidden ones and what systems leave behind are not among them. */
    SortedSet<String> files();

    /** Paths of all folders, without the root. */
    SortedSet<String> folders();

    /** Pictures that are passed over because their names begin with a dot, sorted. */
    SortedSet<String> hidden();

    /** Files and folders that systems have made, sorted; what lies in such a folder is not looked at. */
    SortedSet<String> litter();

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
            throw new DataException(
                    path + " does not exist; expected a folder of class folders, a zip of one, or a CSV list");
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return ListedFiles.read(path);
        }
        if (!name.endsWith(".zip")) {
            throw new DataException(path + " is neither a folder nor a .zip file, nor a .csv or .tsv list of pictures");
        }
        return new Zip(path);
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
            throw new DataException(file + " cannot be read: " + FileReasons.of(e), e);
        }
    }

    /** A folder; links are followed, loops refused. */
    final class Folder implements FileTree {
        private final Path root;
        private final SortedSet<String> files = new TreeSet<>();
        private final SortedSet<String> folders = new TreeSet<>();
        private final SortedSet<String> hidden = new TreeSet<>();
        private final SortedSet<String> litter = new TreeSet<>();

        private Folder(Path root) {
            this.root = root;
            try {
                Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor());
            } catch (IOException e) {
                throw new DataException(root + " cannot be read: " + FileReasons.of(e), e);
            }
        }

        private final class Visitor extends SimpleFileVisitor<Path> {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes seen) {
                if (isLitter(folder, true)) {
                    litter.add(relative(folder));
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!folder.equals(root)) {
                    folders.add(relative(folder));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes seen) {
                SortedSet<String> kind = isLitter(file, false) || seen.isOther()
                        ? litter
                        : PictureNames.isHidden(file.getFileName().toString()) ? hidden : files;
                kind.add(relative(file));
                return FileVisitResult.CONTINUE;
            }

            /** A folder of a system may be closed to the user, such as lost+found. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (!isLitter(file, true)) {
                    throw e;
                }
                litter.add(relative(file));
                return FileVisitResult.CONTINUE;
            }
        }

        private boolean isLitter(Path path, boolean folder) {
            return !path.equals(root) && PictureNames.isLitter(String.valueOf(path.getFileName()), folder);
        }

        private String relative(Path path) {
            StringBuilder name = new StringBuilder();
            for (Path part : root.relativize(path)) {
                name.append(name.isEmpty() ? "" : "/").append(part);
            }
            return name.toString();
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
        public SortedSet<String> hidden() {
            return Collections.unmodifiableSortedSet(hidden);
        }

        @Override
        public SortedSet<String> litter() {
            return Collections.unmodifiableSortedSet(litter);
        }

        @Override
        public byte[] read(String file, long limit) {
            try (InputStream in = Files.newInputStream(root.resolve(file))) {
                return atMost(in, limit, describe(file));
            } catch (IOException e) {
                throw new DataException(describe(file) + " cannot be read: " + FileReasons.of(e), e);
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
        private final SortedSet<String> hidden = new TreeSet<>();
        private final SortedSet<String> litter = new TreeSet<>();

        private Zip(Path path) {
            this.path = path;
            try {
                zip = new ZipFile(path.toFile());
            } catch (IOException | IllegalArgumentException e) {
                throw new DataException(path + " is not a readable zip file: " + reason(e), e);
            }
            try {
                zip.stream().forEach(this::add);
            } catch (RuntimeException e) {
                close();
                throw e instanceof DataException
                        ? e
                        : new DataException(path + " is not a readable zip file: " + reason(e), e);
            }
        }

        private void add(ZipEntry entry) {
            // Some archivers of Windows write the separator of Windows, against the format's rules.
            String name = entry.getName().replace('\\', '/');
            boolean folder = name.endsWith("/");
            String plain = folder ? name.substring(0, name.length() - 1) : name;
            checkName(entry.getName(), plain);
            if (isLitter(plain, folder)) {
                return;
            }
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                folders.add(name.substring(0, slash));
            }
            if (folder) {
                return;
            }
            if (PictureNames.isHidden(plain.substring(plain.lastIndexOf('/') + 1))) {
                hidden.add(plain);
            } else if (files.put(name, entry) != null) {
                throw new DataException(path + " holds two files named '" + name + "'");
            }
        }

        /** Whether an entry is a system's, or lies in a folder that is; the outermost such is remembered. */
        private boolean isLitter(String plain, boolean folder) {
            int from = 0;
            for (int slash = plain.indexOf('/'); ; slash = plain.indexOf('/', from)) {
                String part = slash < 0 ? plain.substring(from) : plain.substring(from, slash);
                if (PictureNames.isLitter(part, slash >= 0 || folder)) {
                    litter.add(slash < 0 ? plain : plain.substring(0, slash));
                    return true;
                }
                if (slash < 0) {
                    return false;
                }
                from = slash + 1;
            }
        }

        /** Such names can only be mischief or a broken archiver, and other tools would write outside their folder. */
        private void checkName(String written, String name) {
            boolean climbs = name.isEmpty() || name.startsWith("/") || name.indexOf(':') == 1;
            for (String part : name.split("/", -1)) {
                climbs |= part.equals("..") || part.equals(".") || part.isEmpty();
            }
            if (climbs || name.indexOf('\0') >= 0) {
                throw new DataException(path + " holds an entry named '" + written
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
        public SortedSet<String> hidden() {
            return Collections.unmodifiableSortedSet(hidden);
        }

        @Override
        public SortedSet<String> litter() {
            return Collections.unmodifiableSortedSet(litter);
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
                throw new DataException(describe(file) + " cannot be read: " + FileReasons.of(e), e);
            }
        }

        private static String reason(Exception e) {
            return e instanceof IOException io ? FileReasons.of(io) : e.getMessage();
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
                throw new DataException(path + " cannot be closed: " + FileReasons.of(e), e);
            }
        }
    }
}
