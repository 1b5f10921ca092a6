package org.deutero.tasks.synthetic;

import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensors;

/**
 * Inputs and targets that have nothing to do with each other, all N(0, 1): what a rule is shown that shall imitate another rule, whatever there is to be learned. Inputs are float32 {@code [tasks, pairs, inputs]}, targets {@code [tasks, pairs, outputs]}.
 *
 * @param inputs numbers in an input
 * @param outputs numbers in a target
 * @param support pairs to learn from, in order
 * @param query pairs to be judged on
 */
public record NormalPairs(int inputs, int outputs, int support, int query) implements TaskSource<Episodes> {

    /** Refuses empty tasks. */
    public NormalPairs {
        if (inputs < 1 || outputs < 1 || support < 1 || query < 1) {
            throw new IllegalArgumentException("random pairs need 1 input, 1 output, 1 support and 1 query pair, not "
                    + inputs + ", " + outputs + ", " + support + " and " + query);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        if (tasks < 1) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        int items = support + query;
        // Task by task, so that a batch can be drawn in parts.
        var all = Tensors.normal(rng, DType.FLOAT32, tasks, items, (long) inputs + outputs);
        var x = all.slice(2, 0, inputs);
        var y = all.slice(2, inputs, (long) inputs + outputs);
        return new Episodes(
                x.slice(1, 0, support),
                y.slice(1, 0, support),
                x.slice(1, support, items),
                y.slice(1, support, items),
                0);
    }
}
