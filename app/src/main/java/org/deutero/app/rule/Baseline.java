package org.deutero.app.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deutero.app.recipe.Recipe;
import org.deutero.app.recipe.RecipeFile;
import org.deutero.app.run.Experiment;

/**
 * An optimiser that a rule has to beat, as a recipe of its own: plain training of a fresh network, of the same hidden layers and on the same stream.
 *
 * @param name in tables
 * @param settings of the {@code method} section
 * @param rates to choose from
 */
record Baseline(String name, Map<String, Object> settings, List<Double> rates) {
    /** SGD, momentum and Adam, each over four decades in half steps. */
    static final List<Baseline> ALL = List.of(
            new Baseline("sgd", Map.of("inner-optimizer", "sgd"), decades(0.001)),
            new Baseline("momentum", Map.of("inner-optimizer", "momentum"), decades(0.0003)),
            new Baseline("adam", Map.of("inner-optimizer", "adam"), decades(0.00003)));

    private static final int HALF_STEPS = 9;

    private static List<Double> decades(double from) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < HALF_STEPS; i++) {
            // One significant digit: 0.001, 0.003, 0.01, ...
            rates.add(Double.parseDouble(String.format(Locale.ROOT, "%.0e", from * Math.pow(10, i / 2.0))));
        }
        return rates;
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
        tree.put("method", method);
        tree.put("network", network);
        tree.remove("meta-gradient");
        tree.remove("meta-optimizer");
        tree.put("training", Map.of("iterations", 0));
        return Experiment.of(RecipeFile.changed(new Recipe("the baseline " + name, tree), changes));
    }

    private static Object hidden(Experiment ground) {
        Object network = ground.resolved().get("network");
        return network instanceof Map<?, ?> section && section.containsKey("hidden")
                ? section.get("hidden")
                : List.of();
    }
}
