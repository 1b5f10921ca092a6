package org.deutero.serve;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.Picture;

/**
 * The examples from which a classifier is made: for each class a name and any number of pictures, not the same for all. Pictures are read when a learner
 * adapts to them. Immutable.
 */
public final class Support {
    private final Map<String, List<Supplier<Picture>>> classes;

    private Support(Map<String, List<Supplier<Picture>>> classes) {
        Map<String, List<Supplier<Picture>>> copy = new LinkedHashMap<>();
        classes.forEach((name, pictures) -> copy.put(name, List.copyOf(pictures)));
        this.classes = copy;
    }

    /**
     * One sub-folder a class, named as the class, with PNG or JPEG files in it; or a zip of that, or a CSV list. What is passed over is told to nobody.
     *
     * @throws DataException if there are no classes, one of them holds no picture, or two names differ only in case
     */
    public static Support folder(Path folder) {
        return folder(folder, note -> {});
    }

    /**
     * The same, with a listener.
     *
     * @param notes gets a sentence if files were passed over
     */
    public static Support folder(Path folder, Consumer<String> notes) {
        return SupportFolder.read(folder, notes);
    }

    /** Starts with no examples. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects examples; classes keep the order in which they are first named. Not thread-safe. */
    public static final class Builder {
        private final Map<String, List<Supplier<Picture>>> classes = new LinkedHashMap<>();

        private Builder() {}

        /** A PNG or JPEG file of a class. */
        public Builder add(String className, Path file) {
            return add(className, () -> PictureFile.read(file));
        }

        /** A picture in memory. */
        public Builder add(String className, BufferedImage image) {
            Picture picture = Picture.of(image);
            return add(className, () -> picture);
        }

        /** The bytes of a PNG or JPEG file, which are decoded now. */
        public Builder add(String className, byte[] file) {
            checkName(className);
            int number = classes.getOrDefault(className, List.of()).size() + 1;
            Picture picture = PictureFile.decode(file, "picture " + number + " of class '" + className + "'");
            return add(className, () -> picture);
        }

        /** A picture that is read when a learner adapts, and not kept: for many large ones. */
        public Builder add(String className, Supplier<Picture> picture) {
            checkName(className);
            classes.computeIfAbsent(className, name -> new ArrayList<>()).add(picture);
            return this;
        }

        private static void checkName(String className) {
            if (className.isBlank()) {
                throw new DataException("a class needs a name that is not blank");
            }
        }

        /** The examples. @throws DataException if there are none, or two class names differ only in case */
        public Support build() {
            if (classes.isEmpty()) {
                throw new DataException("there are no examples: add at least one picture for each class");
            }
            Map<String, String> seen = new HashMap<>();
            for (String name : classes.keySet()) {
                String other = seen.put(name.toLowerCase(Locale.ROOT), name);
                if (other != null) {
                    throw new DataException("the classes '" + other + "' and '" + name
                            + "' differ only in upper and lower case; rename one of them");
                }
            }
            return new Support(classes);
        }
    }

    /** Class names in order. */
    public List<String> classNames() {
        return List.copyOf(classes.keySet());
    }

    /** Number of pictures of each class, in the order of {@link #classNames()}. */
    public List<Integer> counts() {
        return classes.values().stream().map(List::size).toList();
    }

    /** Number of pictures of all classes. */
    public int size() {
        return classes.values().stream().mapToInt(List::size).sum();
    }

    /** The pictures of a class, to be read one at a time. */
    List<Supplier<Picture>> pictures(String className) {
        return classes.get(className);
    }
}
