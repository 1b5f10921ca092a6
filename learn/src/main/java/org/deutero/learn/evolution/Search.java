package org.deutero.learn.evolution;

import java.util.Map;
import java.util.Optional;
import org.deutero.learn.meta.MetaState;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * How a population of thetas is drawn, and where its fitness leads. Candidates are functions of the state alone, so every worker can draw those that it needs.
 */
interface Search {
    /**
     * The state before the first generation.
     *
     * @param seed of all candidates
     */
    Move init(Params theta, long seed);

    /** Candidates of the coming generation. */
    int population(MetaState state);

    /** Some of them, a tree like theta that leads with the candidates, [to - from, ...]. */
    Params candidates(MetaState state, int from, int to);

    /** What is added to the candidates' fitness whatever the tasks, [candidates]. */
    default Tensor penalty(Params candidates) {
        Tensor first = candidates.values().get(0);
        return Tensors.zeros(first.dtype(), first.size(0));
    }

    /** A loss as it counts, [tasks]. */
    default Tensor bounded(Tensor losses) {
        return losses;
    }

    /** Where the fitness of all candidates leads, some of which is finite. */
    Move move(MetaState state, double[] fitness);

    /** Why there is nothing left to find. */
    default Optional<String> finished(MetaState state) {
        return Optional.empty();
    }

    /**
     * A new state.
     *
     * @param theta what has been found
     * @param slots all else
     * @param diagnostics what the search knows of itself
     */
    record Move(Params theta, Params slots, Map<String, Double> diagnostics) {}
}
