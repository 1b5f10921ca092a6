package org.deutero.tasks.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.tasks.DataException;
import org.deutero.tensor.files.FileReasons;

/**
 * CIFAR-100 in its makers' binary form (Krizhevsky 2009): records of one byte for the superclass, one for the class, and 3072
 * bytes for a 32x32 picture, plane by plane, in {@code train.bin} and {@code test.bin}.
 *
 * @param classes pictures of each class by name, training file first; each is {@code [3, 32, 32]}
 */
record Cifar100(SortedMap<String, List<byte[]>> classes) {

    static final int SIDE = 32;

    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final int RECORD = PIXELS + 2;
    private static final long LIMIT = 1L << 30;
    private static final List<String> FILES = List.of("train.bin", "test.bin");
    private static final String NAMES = "fine_label_names.txt";

    static Cifar100 read(Path path) {
        Map<String, byte[]> files = files(path);
        SortedMap<String, String> superclasses = SplitLists.superclasses();
        List<String> names = List.copyOf(superclasses.keySet());
        List<String> groups = superclasses.values().stream().distinct().sorted().toList();
        if (files.containsKey(NAMES)) {
            check(path, names, files.get(NAMES));
        }
        SortedMap<String, List<byte[]>> classes = new TreeMap<>();
        for (String file : FILES) {
            byte[] bytes = files.get(file);
            if (bytes == null) {
                throw new DataException(path + " does not hold " + file + "; expected " + Benchmark.FC100.expects());
            }
            if (bytes.length % RECORD != 0) {
                throw new DataException(file + " of " + path + " has " + bytes.length
                        + " bytes, which is no whole number of records of " + RECORD + " bytes; it is cut off");
            }
            for (int at = 0; at < bytes.length; at += RECORD) {
                int group = bytes[at] & 0xff;
                int label = bytes[at + 1] & 0xff;
                boolean fits = label < names.size()
                        && group < groups.size()
                        && groups.get(group).equals(superclasses.get(names.get(label)));
                if (!fits) {
                    throw new DataException("record " + at / RECORD + " of " + file + " in " + path + " has class "
                            + label + " in superclass " + group + ", which CIFAR-100 does not have");
                }
                byte[] pixels = new byte[PIXELS];
                System.arraycopy(bytes, at + 2, pixels, 0, PIXELS);
                classes.computeIfAbsent(names.get(label), k -> new ArrayList<>())
                        .add(pixels);
            }
        }
        return new Cifar100(classes);
    }

    private static void check(Path path, List<String> names, byte[] text) {
        List<String> given = new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (!given.equals(names)) {
            throw new DataException(NAMES + " of " + path + " does not list the classes of CIFAR-100");
        }
    }

    private static Map<String, byte[]> files(Path path) {
        if (Files.isRegularFile(path)) {
            Set<String> names = Set.of(FILES.get(0), FILES.get(1), NAMES);
            return TarGz.read(path, names, LIMIT);
        }
        Map<String, byte[]> files = new HashMap<>();
        for (String name : List.of(FILES.get(0), FILES.get(1), NAMES)) {
            Path file = Files.isRegularFile(path.resolve(name))
                    ? path.resolve(name)
                    : path.resolve("cifar-100-binary").resolve(name);
            if (Files.isRegularFile(file)) {
                files.put(name, bytes(file));
            }
        }
        return files;
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > LIMIT) {
                throw new DataException(file + " has " + Files.size(file) + " bytes, more than the limit of " + LIMIT);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + FileReasons.of(e), e);
        }
    }
}
