package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;

/**
 * Images in class folders, on disk or in a zip ({@code CLASS/anything.png}), or in a CSV file that gives the path and class
 * of each. Scanned first, loaded when asked.
 *
 * <p>Every folder that holds images is a class, named by its path from the root: {@code Greek/character01}; images in folders
 * within it are passed over. Classes and files are in the order of their names. If a zip has a single folder around everything
 * else, as archivers make it, that folder is not part of the names; nor are folders that look like the {@linkplain #parts() parts}
 * of a split, whose classes of one name are one. PNG and JPEG files ({@code .png .jpg .jpeg}) of any size are read; other and hidden
 * files are passed over and counted. A CSV has a header with a column {@code path}, {@code filename} or {@code image} and a
 * column {@code label} or {@code class}; its paths are taken from its own folder, or from the folder {@code images} in it.
 *
 * <p>Refused, each with a message that names the culprit: a class folder without images, class names that differ only in case
 * (they are one class on some computers and two on others), images that lie in no class folder, files that do not decode,
 * and whatever exceeds the {@link Limits}.
 */
public final class ImageCollection {

    private static final int NAMED = 5;

    private final Path path;
    private final Limits limits;
    private final Listing listing;
    private final List<String> classNames;
    private final List<List<String>> files;
    private final boolean byFolder;

    private ImageCollection(Path path, Limits limits, Listing listing, boolean byFolder) {
        this.path = path;
        this.limits = limits;
        this.listing = listing;
        Map<String, List<String>> classes = byFolder ? listing.byFolder() : listing.classes();
        this.classNames = List.copyOf(classes.keySet());
        this.files = classes.values().stream().map(List::copyOf).toList();
        this.byFolder = byFolder;
    }

    /** Scans a folder, a zip or a CSV list within the default limits. */
    public static ImageCollection scan(Path path) {
        return scan(path, Limits.DEFAULT);
    }

    /** Scans a folder, a zip or a CSV list; reads names only. */
    public static ImageCollection scan(Path path, Limits limits) {
        try (FileTree tree = FileTree.open(path)) {
            Listing listing = Listing.of(tree, path).requireClasses(path);
            if (listing.pictures() > limits.files()) {
                throw new DataException(
                        path + " holds " + listing.pictures() + " images, more than the limit of " + limits.files());
            }
            if (!listing.faults().isEmpty()) {
                throw new DataException(listing.faults().get(0));
            }
            return new ImageCollection(path, limits, listing, false);
        }
    }

    /** The same images with every folder as a class of its own, folders that look like parts of a split included in the names. */
    public ImageCollection byFolder() {
        return new ImageCollection(path, limits, listing, true);
    }

    /** The parts of a split in which the classes lie; empty if it does not look so. */
    public Optional<Parts> parts() {
        return byFolder ? Optional.empty() : listing.parts();
    }

    /** What is passed over. */
    public PassedOver passedOver() {
        return listing.passed();
    }

    /**
     * Tells what is passed over and left out.
     *
     * @throws DataException if a class folder holds no images and such classes are refused
     */
    public void tell(Unusable unusable, LoadListener listener) {
        requireFilled(unusable);
        listing.passed().note(path).ifPresent(listener::note);
        List<String> empty = listing.empty();
        if (!empty.isEmpty()) {
            listener.note("Left out: " + String.join("; ", empty.subList(0, Math.min(NAMED, empty.size())))
                    + (empty.size() > NAMED ? "; and " + (empty.size() - NAMED) + " more" : "") + ".");
        }
    }

    private void requireFilled(Unusable unusable) {
        List<String> empty = listing.empty();
        if (!empty.isEmpty() && (unusable == Unusable.REFUSE || classNames.isEmpty())) {
            throw new DataException(empty.get(0)
                    + (empty.size() > 1 ? " (nor do " + (empty.size() - 1) + " other folders)" : "")
                    + "; add pictures, remove it, or leave such classes out with tasks.unusable=skip");
        }
    }

    /** Where the images are. */
    public Path path() {
        return path;
    }

    /** Class names, sorted. */
    public List<String> classNames() {
        return classNames;
    }

    /** Number of image files of a class. */
    public int count(int c) {
        return files.get(c).size();
    }

    /** Number of image files of all classes. */
    public int total() {
        return files.stream().mapToInt(List::size).sum();
    }

    /** Files that were passed over, whatever the reason; folders that systems make count as one. */
    public int ignored() {
        return listing.passed().total();
    }

    /** Names of the files of a class, in order. */
    List<String> files(int c) {
        return files.get(c);
    }

    Limits limits() {
        return limits;
    }

    /** Decodes everything, on all processors, into the given form. */
    public LabelledImages load(ImageFormat format) {
        return load(format, Unusable.REFUSE, LoadListener.NONE);
    }

    /** Decodes everything, on all processors, into the given form. */
    public LabelledImages load(ImageFormat format, Unusable unusable, LoadListener listener) {
        requireFilled(unusable);
        try {
            return decoded(format, unusable, listener, new HashSet<>());
        } catch (OutOfMemoryError e) {
            throw outOfMemory(format, e);
        }
    }

    /** The same with the names of the files, without those that are left out. */
    public NamedImages loadNamed(ImageFormat format, Unusable unusable, LoadListener listener) {
        requireFilled(unusable);
        try {
            Set<String> missing = new HashSet<>();
            LabelledImages images = decoded(format, unusable, listener, missing);
            List<String> names = files.stream()
                    .flatMap(List::stream)
                    .filter(file -> !missing.contains(file))
                    .toList();
            return new NamedImages(images, names);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(format, e);
        }
    }

    /** What to do about it: not what one does about tasks that are too large. */
    DataException outOfMemory(ImageFormat format, OutOfMemoryError e) {
        long bytes = (long) total() * format.bytes();
        return new DataException(
                "out of memory while loading: the " + total() + " pictures of " + path + " take " + (bytes >> 20)
                        + " MB at " + format.width() + "x" + format.height() + " pixels, and the heap is "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MB; take a smaller tasks.size, tasks.colour=false or fewer pictures, or a larger heap with"
                        + " DEUTERO_JAVA_OPTS=-Xmx4g",
                e);
    }

    /** @param left gets the names of files that cannot be read */
    private LabelledImages decoded(ImageFormat format, Unusable unusable, LoadListener listener, Set<String> left) {
        List<byte[]> pixels = new ArrayList<>();
        int[] starts = new int[classNames.size() + 1];
        for (int c = 0; c < classNames.size(); c++) {
            pixels.add(room(c, format));
            starts[c + 1] = starts[c] + count(c);
        }
        List<List<Integer>> missing = new ArrayList<>();
        classNames.forEach(name -> missing.add(new ArrayList<>()));
        try (FileTree tree = FileTree.open(path)) {
            Decoding decoding = new Decoding(tree, path.toString(), limits);
            Decoding.each(
                    total(),
                    i -> {
                        int c = classOf(starts, i);
                        int item = i - starts[c];
                        String file = files.get(c).get(item);
                        try {
                            byte[] bytes = decoding.bytes(file);
                            decoding.picture(file, bytes, p -> p.as(format))
                                    .copyTo(pixels.get(c), item * format.bytes());
                        } catch (DataException e) {
                            if (unusable == Unusable.REFUSE) {
                                throw e;
                            }
                            synchronized (missing) {
                                missing.get(c).add(item);
                                left.add(file);
                            }
                        }
                    },
                    listener);
        }
        return assemble(format, pixels, missing, listener);
    }

    private LabelledImages assemble(
            ImageFormat format, List<byte[]> pixels, List<List<Integer>> missing, LoadListener listener) {
        String name = String.valueOf(path.getFileName());
        LabelledImages.Builder builder =
                LabelledImages.builder(name, format.channels(), format.height(), format.width());
        int left = 0;
        for (int c = 0; c < classNames.size(); c++) {
            left += missing.get(c).size();
            byte[] whole = KeptRows.close(pixels.get(c), format.bytes(), missing.get(c));
            if (whole.length > 0) {
                builder.add(classNames.get(c), whole);
            }
        }
        if (left > 0) {
            listener.note("Pictures of " + path + " that cannot be read are left out: " + left
                    + "; \"deutero data check " + path + "\" names them.");
        }
        return builder.build();
    }

    private static int classOf(int[] starts, int i) {
        int at = Arrays.binarySearch(starts, i);
        return at >= 0 ? at : -at - 2;
    }

    private byte[] room(int c, ImageFormat format) {
        long bytes = (long) count(c) * format.bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new DataException("class '" + classNames.get(c) + "' of " + path + " would take " + bytes
                    + " bytes in memory; ask for a smaller image size");
        }
        return new byte[(int) bytes];
    }

    @Override
    public String toString() {
        return path + " (" + classNames.size() + " classes, " + ignored() + " other files)";
    }
}
