package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Picture;

/**
 * Images in class folders, on disk or in a zip: {@code CLASS/anything.png}. Scanned first, loaded when asked.
 *
 * <p>Every folder that holds images is a class, named by its path from the root: {@code Greek/character01}. Classes and
 * files are in the order of their names. If a zip has a single folder around everything else, as archivers make it, that
 * folder is not part of the names. PNG and JPEG files ({@code .png .jpg .jpeg}) of any size are read; other and hidden
 * files are passed over and counted.
 *
 * <p>Refused, each with a message that names the culprit: a folder without images, class names that differ only in case
 * (they are one class on some computers and two on others), images that lie in no class folder, files that do not decode,
 * and whatever exceeds the {@link Limits}.
 */
public final class ImageCollection {

    private final Path path;
    private final Limits limits;
    private final int ignored;
    private final List<String> classNames;
    private final List<List<String>> files;

    private ImageCollection(Path path, Limits limits, int ignored, SortedMap<String, List<String>> classes) {
        this.path = path;
        this.limits = limits;
        this.ignored = ignored;
        this.classNames = List.copyOf(classes.keySet());
        this.files = classes.values().stream().map(List::copyOf).toList();
    }

    /** Scans a folder or a zip within the default limits. */
    public static ImageCollection scan(Path path) {
        return scan(path, Limits.DEFAULT);
    }

    /** Scans a folder or a zip; reads names only. */
    public static ImageCollection scan(Path path, Limits limits) {
        try (FileTree tree = FileTree.open(path)) {
            SortedMap<String, List<String>> byFolder = new TreeMap<>();
            int images = 0;
            for (String file : tree.files()) {
                if (isImage(file)) {
                    int slash = file.lastIndexOf('/');
                    if (slash < 0) {
                        throw new DataException("the image " + tree.describe(file)
                                + " lies in no class folder; expected one folder for each class");
                    }
                    byFolder.computeIfAbsent(file.substring(0, slash), k -> new ArrayList<>())
                            .add(file);
                    images++;
                }
            }
            if (images > limits.files()) {
                throw new DataException(
                        path + " holds " + images + " images, more than the limit of " + limits.files());
            }
            if (byFolder.isEmpty() && tree.folders().isEmpty()) {
                throw new DataException(path + " holds no classes; expected one folder of PNG or JPEG images for each");
            }
            refuseEmpty(tree, byFolder);
            SortedMap<String, List<String>> classes = withoutWrapper(tree, byFolder);
            refuseCaseClash(path, classes);
            return new ImageCollection(path, limits, tree.files().size() - images + tree.hidden(), classes);
        }
    }

    private static boolean isImage(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    private static void refuseEmpty(FileTree tree, SortedMap<String, List<String>> classes) {
        for (String folder : tree.folders()) {
            // A folder is in use if it, or one below it, holds images: the first class not before it tells.
            SortedMap<String, List<String>> below = classes.tailMap(folder + "/");
            boolean used = classes.containsKey(folder)
                    || (!below.isEmpty() && below.firstKey().startsWith(folder + "/"));
            if (!used) {
                throw new DataException("class folder " + tree.describe(folder) + " holds no PNG or JPEG images");
            }
        }
    }

    private static SortedMap<String, List<String>> withoutWrapper(
            FileTree tree, SortedMap<String, List<String>> classes) {
        String first = classes.firstKey();
        int slash = first.indexOf('/');
        if (!(tree instanceof FileTree.Zip) || slash < 0) {
            return classes;
        }
        String wrapper = first.substring(0, slash + 1);
        if (!classes.lastKey().startsWith(wrapper) || !classes.keySet().stream().allMatch(c -> c.startsWith(wrapper))) {
            return classes;
        }
        SortedMap<String, List<String>> shorter = new TreeMap<>();
        classes.forEach((name, list) -> shorter.put(name.substring(wrapper.length()), list));
        return shorter;
    }

    private static void refuseCaseClash(Path path, SortedMap<String, List<String>> classes) {
        Map<String, String> seen = new HashMap<>();
        for (String name : classes.keySet()) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new DataException("the classes '" + other + "' and '" + name + "' of " + path
                        + " differ only in upper and lower case; rename one of them");
            }
        }
    }

    /** Class names, sorted. */
    public List<String> classNames() {
        return classNames;
    }

    /** Number of image files of a class. */
    public int count(int c) {
        return files.get(c).size();
    }

    /** Files that were passed over: hidden, or not named like a PNG or JPEG file. */
    public int ignored() {
        return ignored;
    }

    /** Decodes everything, on all processors, into the given form. */
    public LabelledImages load(ImageFormat format) {
        AtomicLong total = new AtomicLong();
        List<byte[]> pixels;
        try (FileTree tree = FileTree.open(path)) {
            pixels = IntStream.range(0, files.size())
                    .parallel()
                    .mapToObj(c -> loadClass(tree, c, format, total))
                    .toList();
        }
        String name = String.valueOf(path.getFileName());
        LabelledImages.Builder builder =
                LabelledImages.builder(name, format.channels(), format.height(), format.width());
        for (int c = 0; c < classNames.size(); c++) {
            builder.add(classNames.get(c), pixels.get(c));
        }
        return builder.build();
    }

    private byte[] loadClass(FileTree tree, int c, ImageFormat format, AtomicLong total) {
        List<String> names = files.get(c);
        long bytes = (long) names.size() * format.bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new DataException("class '" + classNames.get(c) + "' of " + path + " would take " + bytes
                    + " bytes in memory; ask for a smaller image size");
        }
        byte[] out = new byte[(int) bytes];
        for (int i = 0; i < names.size(); i++) {
            String what = tree.describe(names.get(i));
            byte[] file = tree.read(names.get(i), limits.fileBytes());
            if (total.addAndGet(file.length) > limits.totalBytes()) {
                throw new DataException(path + " holds more than the limit of " + limits.totalBytes()
                        + " bytes of images; the limit was passed at " + what);
            }
            Picture.decode(file, what, limits.pixels()).as(format).copyTo(out, i * format.bytes());
        }
        return out;
    }

    @Override
    public String toString() {
        return path + " (" + classNames.size() + " classes, " + ignored + " other files)";
    }
}
