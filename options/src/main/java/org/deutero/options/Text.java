package org.deutero.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The wording of messages, and lists. */
final class Text {
    private static final int SHOWN = 60;

    private Text() {}

    /** An offending value as it would be written in the recipe, cut to a readable length. */
    static String show(Object value) {
        if (value == null) {
            return "empty";
        }
        if (value instanceof Map) {
            return "a section";
        }
        String text = value.toString();
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return value instanceof String ? '"' + cut + '"' : cut;
    }

    static String range(double min, double max) {
        if (max == Double.POSITIVE_INFINITY || max == Integer.MAX_VALUE) {
            return min == Double.NEGATIVE_INFINITY ? "of any size" : "of at least " + plain(min);
        }
        return min == Double.NEGATIVE_INFINITY
                ? "of at most " + plain(max)
                : "between " + plain(min) + " and " + plain(max);
    }

    static String oneOf(List<String> names) {
        return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
    }

    static String knownKeys(String path, List<String> known) {
        String where = path.isEmpty() ? "the recipe" : path;
        return known.isEmpty()
                ? " (" + where + " takes no keys)"
                : " (keys of " + where + ": " + String.join(", ", known) + ")";
    }

    /** Reads every item of a list; empty if one cannot be read. */
    static <V> Optional<List<V>> each(Object value, Function<Object, Optional<V>> reader) {
        List<?> items = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        List<V> read = new ArrayList<>();
        for (Object item : items) {
            Optional<V> one = reader.apply(item);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            read.add(one.get());
        }
        return value == null ? Optional.empty() : Optional.of(List.copyOf(read));
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
