package org.deutero.tasks.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deutero.tasks.ClassSplit.Part;

/** The class lists in the jar. */
final class SplitLists {

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private SplitLists() {}

    /** The part of every class of a benchmark, in the order of its lists: train, validation, test. */
    static Map<String, Part> of(Benchmark benchmark) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            classes(benchmark, part).forEach(name -> parts.put(name, part));
        }
        return parts;
    }

    /** The superclass of each of CIFAR-100's classes; the order of the names is that of the numbers in its files. */
    static SortedMap<String, String> superclasses() {
        SortedMap<String, String> superclasses = new TreeMap<>();
        for (Part part : Part.values()) {
            List<String> pairs = quoted("cifar-fs/" + file(part) + ".json");
            for (int i = 0; i < pairs.size(); i += 2) {
                superclasses.put(pairs.get(i + 1), pairs.get(i));
            }
        }
        return superclasses;
    }

    private static List<String> classes(Benchmark benchmark, Part part) {
        String file = benchmark.label() + "/" + file(part);
        return switch (benchmark) {
            case CUB -> quoted(file + ".json");
            case CIFAR_FS -> {
                List<String> pairs = quoted(file + ".json");
                List<String> classes = new ArrayList<>();
                for (int i = 1; i < pairs.size(); i += 2) {
                    classes.add(pairs.get(i));
                }
                yield classes;
            }
            case FC100 -> {
                List<String> wanted = quoted(file + ".json");
                yield superclasses().entrySet().stream()
                        .filter(entry -> wanted.contains(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
            }
            case TIERED_IMAGENET ->
                text(file + ".csv")
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .toList();
            case MINI_IMAGENET ->
                text("mini-imagenet/classes.tsv")
                        .lines()
                        .map(line -> line.split("\t", -1))
                        .filter(cells -> cells[0].equals(file(part)))
                        .map(cells -> cells[1])
                        .toList();
        };
    }

    private static String file(Part part) {
        return switch (part) {
            case TRAIN -> "train";
            case VALIDATION -> "val";
            case TEST -> "test";
        };
    }

    /** All strings of a JSON file, whatever lists they lie in. */
    private static List<String> quoted(String resource) {
        List<String> strings = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(text(resource));
        while (matcher.find()) {
            strings.add(matcher.group(1));
        }
        return strings;
    }

    private static String text(String resource) {
        try (InputStream in = SplitLists.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
