package org.deutero.learn.capability;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.tensor.Params;

/**
 * Which parts of a learner are active after it has learned some tasks, layer by layer.
 *
 * @param strength of units, in [0, 1], each layer [tasks, units]; what a picture shows
 * @param units 1 for an active unit and 0 for others, each layer [tasks, units]
 * @param weights 1 for an active weight and 0 for others, each layer [tasks, weights]; may have layers that have no units of interest
 * @param numbers what else there is to tell, by name
 */
public record ActiveUnits(Params strength, Params units, Params weights, Map<String, Double> numbers) {
    /** Copies the numbers. */
    public ActiveUnits {
        numbers = new LinkedHashMap<>(numbers);
    }
}
