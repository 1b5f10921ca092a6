package org.deutero.experiment.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;

/**
 * An optimiser that a rule has to beat, as a recipe of its own: plain training of a fresh network, of the same hidden layers and on the same stream.
 *
 * @param name in tables
 * @param settings of the {@code method} section
 * @param rates to choose from
 */
record Baseline(String name, Map<String, Object> settings, List<Double> rates) {
    private static final int RATES = 9;

    /** SGD, momentum and Adam, each over four decades in half steps: 0.001 to 10, 0.0003 to 3, 0.00003 to 0.3. */
    static final List<Baseline> ALL = List.of(
            new Baseline("sgd", Map.of("inner-optimizer", "sgd"), halfDecades(-6)),
            new Baseline("momentum", Map.of("inner-optimizer", "momentum"), halfDecades(-7)),
            new Baseline("adam", Map.of("inner-optimizer", "adam"), halfDecades(-9)));

    /** 1 and 3 of every decade in turn, the first about 10^(first / 2). */
    private static List<Double> halfDecades(int first) {
        return IntStream.range(first, first + RATES)
                .mapToObj(k -> Double.valueOf((k % 2 == 0 ? "1e" : "3e") + Math.floorDiv(k, 2)))
                .toList();
    }

    /**
     * The experiment with this optimiser in place of its method.
     *
     * @param ground whose tasks and evaluation stay
     * @param batch examples of the stream in a step
     * @param passes how often the stream is gone through
     * @param changes {@code key=value}, made last
     */
    Experiment on(Experiment ground, int batch, int passes, double rate, List<String> changes) {
        Map<String, Object> method = new LinkedHashMap<>(settings);
        method.put("name", "from-scratch");
        method.put("inner-rate", rate);
        method.put("batch", batch);
        method.put("passes", passes);
        Map<String, Object> network = new LinkedHashMap<>();
        network.put("type", "mlp");
        network.put("hidden", hidden(ground));
        network.put("activation", "tanh");
        Map<String, Object> tree = new LinkedHashMap<>(ground.resolved());
        tree.put("name", name);
        tree.put("tasks", ofTest(ground));
        tree.put("method", method);
        tree.put("network", network);
        tree.remove("meta-gradient");
        tree.remove("meta-optimizer");
        tree.put("training", Map.of("iterations", 0));
        return Experiment.of(RecipeFile.changed(new Recipe("the baseline " + name, tree), changes));
    }

    /** Tasks without what only meta-training asks for, and might ask of another learner: nothing is meta-trained here. */
    private static Map<String, Object> ofTest(Experiment ground) {
        Map<String, Object> tasks = new LinkedHashMap<>();
        ((Map<?, ?>) ground.resolved().get("tasks")).forEach((key, value) -> tasks.put(String.valueOf(key), value));
        tasks.keySet().removeIf(key -> key.startsWith("train-"));
        return tasks;
    }

    private static Object hidden(Experiment ground) {
        Object network = ground.resolved().get("network");
        return network instanceof Map<?, ?> section && section.containsKey("hidden")
                ? section.get("hidden")
                : List.of();
    }
}
