package org.deutero.tasks;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which classes are for training, which for validation and which for testing: ordered lists of class numbers.
 *
 * <p>The split is a value that is stated, stored and compared, because figures measured on different splits of one data
 * set do not compare: on Omniglot a random split is two to three points easier than the alphabetical one.
 *
 * @param train classes to learn from
 * @param validation classes to choose by; may be empty
 * @param test classes to report on; may be empty
 */
public record ClassSplit(List<Integer> train, List<Integer> validation, List<Integer> test) {

    /** A part of a split. */
    public enum Part {
        TRAIN,
        VALIDATION,
        TEST
    }

    /** Refuses negative classes, and a class that is listed twice, in one part or in two. */
    public ClassSplit {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        Map<Integer, Part> seen = new HashMap<>();
        claim(train, Part.TRAIN, seen);
        claim(validation, Part.VALIDATION, seen);
        claim(test, Part.TEST, seen);
    }

    private static void claim(List<Integer> classes, Part part, Map<Integer, Part> seen) {
        for (int c : classes) {
            if (c < 0) {
                throw new DataException("the split names class " + c + ", but classes count from 0");
            }
            Part other = seen.put(c, part);
            if (other != null) {
                throw new DataException(
                        other == part
                                ? "class " + c + " is listed twice in the " + name(part) + " part of the split"
                                : "class " + c + " is in both the " + name(other) + " and the " + name(part)
                                        + " part of the split, but the parts must not overlap");
            }
        }
    }

    private static String name(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    /** The classes of one part, in order. */
    public List<Integer> part(Part part) {
        return switch (part) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /** Returns this split, or refuses it if it names a class that a data set of {@code classes} classes does not have. */
    public ClassSplit check(int classes) {
        for (Part part : Part.values()) {
            for (int c : part(part)) {
                if (c >= classes) {
                    throw new DataException("the " + name(part) + " part of the split names class " + c
                            + ", but the data set has only " + classes + " classes (0 to " + (classes - 1) + ")");
                }
            }
        }
        return this;
    }

    /**
     * Shuffles the classes and deals them out. The same seed gives the same split on every machine and Java version.
     *
     * @throws DataException if the parts together need more classes than there are
     */
    public static ClassSplit random(int classes, long seed, int train, int validation, int test) {
        if (train < 0 || validation < 0 || test < 0 || (long) train + validation + test > classes) {
            throw new DataException("a split into " + train + " training, " + validation + " validation and " + test
                    + " test classes does not fit a data set of " + classes + " classes");
        }
        List<Integer> order = shuffled(classes, seed);
        return new ClassSplit(
                order.subList(0, train),
                order.subList(train, train + validation),
                order.subList(train + validation, train + validation + test));
    }

    /**
     * Shuffles the classes and deals them out by share; the test part gets what the other two leave.
     *
     * @param train share of the training classes, in [0, 1]
     * @param validation share of the validation classes, in [0, 1]
     */
    public static ClassSplit random(int classes, long seed, double train, double validation) {
        if (!(train >= 0 && validation >= 0 && train + validation <= 1 + 1e-9)) {
            throw new DataException("the shares " + train + " (train) and " + validation
                    + " (validation) must not be negative and must sum to at most 1");
        }
        int a = (int) Math.min(classes, Math.round(classes * train));
        int b = (int) Math.min(classes - a, Math.round(classes * validation));
        return random(classes, seed, a, b, classes - a - b);
    }

    private static List<Integer> shuffled(int classes, long seed) {
        // SplitMix64's nextLong is fixed for good; how nextInt(bound) and Collections.shuffle use it is not.
        SplittableRandom rng = new SplittableRandom(seed);
        List<Integer> order = new ArrayList<>(classes);
        for (int i = 0; i < classes; i++) {
            int j = (int) Long.remainderUnsigned(rng.nextLong(), i + 1L);
            order.add(i);
            order.set(i, order.get(j));
            order.set(j, i);
        }
        return order;
    }

    /**
     * Looks up class names.
     *
     * @param names all class names of the data set, in class order
     * @throws DataException if a name is unknown, or listed twice
     */
    public static ClassSplit byNames(
            List<String> names, List<String> train, List<String> validation, List<String> test) {
        Map<String, Integer> index = index(names);
        return new ClassSplit(
                lookUp(index, train, "the training list"),
                lookUp(index, validation, "the validation list"),
                lookUp(index, test, "the test list"));
    }

    /**
     * Reads three files with one class name a line; blank lines and lines that start with {@code #} do not count.
     *
     * @param names all class names of the data set, in class order
     */
    public static ClassSplit byFiles(List<String> names, Path train, Path validation, Path test) {
        Map<String, Integer> index = index(names);
        return new ClassSplit(
                lookUp(index, lines(train), train.toString()),
                lookUp(index, lines(validation), validation.toString()),
                lookUp(index, lines(test), test.toString()));
    }

    private static Map<String, Integer> index(List<String> names) {
        Map<String, Integer> index = new HashMap<>();
        for (String name : names) {
            if (index.put(name, index.size()) != null) {
                throw new DataException("the data set has two classes named '" + name + "'");
            }
        }
        return index;
    }

    private static List<Integer> lookUp(Map<String, Integer> index, List<String> names, String where) {
        List<Integer> classes = new ArrayList<>();
        for (String name : names) {
            Integer c = index.get(name);
            if (c == null) {
                throw new DataException(
                        where + " names the class '" + name + "', but the data set has no class of that name");
            }
            classes.add(c);
        }
        return classes;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (MalformedInputException e) {
            throw new DataException("the class list " + file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new DataException("the class list " + file + " cannot be read; expected one class name a line", e);
        }
    }
}
