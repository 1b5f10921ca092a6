package org.deutero.serve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a classifier makes of a picture.
 *
 * @param label the most probable class
 * @param probability of that class, in [0, 1]
 * @param probabilities of all classes, the most probable first; they add up to 1
 * @param blank whether nothing is to be seen: the picture, prepared as the learner takes it, is of one shade; label and probabilities mean nothing then
 * @param rejected whether it looks like none of the classes, by the classifier's {@link Rejection} threshold; false where it has none
 */
public record Prediction(
        String label, double probability, Map<String, Double> probabilities, boolean blank, boolean rejected) {
    /** Copies the map, whose order stays. */
    public Prediction {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }

    /** Of probabilities in the order of classes; of equal ones the earlier class is named first. */
    static Prediction of(List<String> classes, double[] probabilities, boolean blank, boolean rejected) {
        List<Integer> order = new ArrayList<>();
        for (int c = 0; c < classes.size(); c++) {
            order.add(c);
        }
        order.sort((a, b) -> Double.compare(probabilities[b], probabilities[a]));
        Map<String, Double> sorted = new LinkedHashMap<>();
        order.forEach(c -> sorted.put(classes.get(c), probabilities[c]));
        int best = order.get(0);
        return new Prediction(classes.get(best), probabilities[best], sorted, blank, rejected);
    }
}
