package org.deutero.tasks.problem;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.deutero.tensor.Params;

/**
 * What a learner of problems must know before it sees one: the weights of a single task.
 *
 * @param weights shapes by name, in order
 * @param families how many families of problems there are, each with some of these weights
 */
public record ProblemShape(Map<String, List<Long>> weights, int families) {
    /** Problems of one family. */
    public ProblemShape(Map<String, List<Long>> weights) {
        this(weights, 1);
    }

    /** The same shape. @throws IllegalArgumentException if problems have no common one */
    public ProblemShape ofOneFamily() {
        if (families > 1) {
            throw new IllegalArgumentException(
                    "its meta-parameters belong to the weights of one family of problems, but"
                            + " tasks are problems of several families");
        }
        return this;
    }

    /** Copies the map, and refuses an empty one. */
    public ProblemShape {
        Map<String, List<Long>> copy = new LinkedHashMap<>();
        weights.forEach((name, shape) -> copy.put(name, List.copyOf(shape)));
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("a problem has at least one tensor of weights");
        }
        weights = Collections.unmodifiableMap(copy);
    }

    /** The shape of problems whose single task has weights like these. */
    public static ProblemShape of(Params weights) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> {
            List<Long> shape = new ArrayList<>();
            for (long size : tensor.shape()) {
                shape.add(size);
            }
            shapes.put(name, shape);
        });
        return new ProblemShape(shapes);
    }

    /** Names of layers, in order: what comes before the last dot of a name, or the name itself. */
    public List<String> layers() {
        LinkedHashSet<String> layers = new LinkedHashSet<>();
        weights.keySet().forEach(name -> layers.add(layer(name)));
        return List.copyOf(layers);
    }

    /** The layer that a tensor of weights belongs to. */
    public static String layer(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
