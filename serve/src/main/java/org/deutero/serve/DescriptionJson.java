package org.deutero.serve;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Resampling;

/** A description as a tree of maps, texts and numbers, which is what JSON has, and back. */
final class DescriptionJson {
    private DescriptionJson() {}

    static Map<String, Object> toTree(LearnerDescription d) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Map<String, Object> method = new LinkedHashMap<>();
        method.put("name", d.method());
        method.put("options", d.methodOptions());
        tree.put("method", method);
        tree.put("network", d.networkOptions());
        tree.put("way", d.way());
        tree.put("preprocessing", input(d.preprocessing()));
        d.calibration().ifPresent(c -> tree.put("calibration", calibration(c)));
        tree.put("provenance", d.provenance());
        return tree;
    }

    /** The inverse. @throws RuntimeException of any kind if the tree is none of ours */
    static LearnerDescription of(Map<String, Object> tree) {
        Map<String, Object> method = below(tree, "method");
        Map<String, Object> input = below(tree, "preprocessing");
        ImageFormat format = new ImageFormat(
                whole(input, "channels"),
                whole(input, "height"),
                whole(input, "width"),
                Resampling.valueOf(text(input, "resampling").toUpperCase(Locale.ROOT)),
                (Boolean) input.get("inverted"));
        return new LearnerDescription(
                text(method, "name"),
                below(method, "options"),
                below(tree, "network"),
                whole(tree, "way"),
                new Preprocessing(
                        format, Preprocessing.Kind.valueOf(text(input, "kind").toUpperCase(Locale.ROOT))),
                tree.containsKey("calibration")
                        ? Optional.of(calibration(below(tree, "calibration")))
                        : Optional.empty(),
                below(tree, "provenance"));
    }

    private static Map<String, Object> input(Preprocessing p) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", p.kind().name().toLowerCase(Locale.ROOT));
        tree.put("channels", p.format().channels());
        tree.put("height", p.format().height());
        tree.put("width", p.format().width());
        tree.put("resampling", p.format().resampling().name().toLowerCase(Locale.ROOT));
        tree.put("inverted", p.format().inverted());
        return tree;
    }

    private static Map<String, Object> calibration(Calibration c) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("temperature", c.temperature());
        tree.put("tasks", c.tasks());
        tree.put("queries", c.queries());
        tree.put("nll-before", c.nllBefore());
        tree.put("nll-after", c.nllAfter());
        tree.put("ece-before", c.eceBefore());
        tree.put("ece-after", c.eceAfter());
        return tree;
    }

    private static Calibration calibration(Map<String, Object> tree) {
        return new Calibration(
                number(tree, "temperature"),
                whole(tree, "tasks"),
                whole(tree, "queries"),
                number(tree, "nll-before"),
                number(tree, "nll-after"),
                number(tree, "ece-before"),
                number(tree, "ece-after"));
    }

    @SuppressWarnings("unchecked") // a JSON object is read as a map of names
    private static Map<String, Object> below(Map<String, Object> tree, String key) {
        return (Map<String, Object>) tree.get(key);
    }

    private static String text(Map<String, Object> tree, String key) {
        return (String) tree.get(key);
    }

    private static int whole(Map<String, Object> tree, String key) {
        return ((Number) tree.get(key)).intValue();
    }

    private static double number(Map<String, Object> tree, String key) {
        return ((Number) tree.get(key)).doubleValue();
    }
}
