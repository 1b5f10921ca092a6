package org.deutero.tasks.problem;

import java.util.Arrays;
import java.util.Objects;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Chance;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Training runs: a task is a problem that is to be trained on for some steps.
 *
 * @param problem what is trained
 * @param seeds of the start and the mini-batches of each task
 * @param steps of a training run
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: nobody compares batches
public record Problems(Problem problem, long[] seeds, int steps) implements TaskBatch<Problems> {
    /** Refuses empty runs. */
    public Problems {
        if (seeds.length != problem.size() || steps < 1) {
            throw new IllegalArgumentException(seeds.length + " seeds for " + problem.size() + " problems and " + steps
                    + " steps do not make a batch of training runs");
        }
    }

    @Override
    public int size() {
        return seeds.length;
    }

    @Override
    public Problems slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new Problems(problem.slice(from, to), Arrays.copyOfRange(seeds, from, to), steps);
    }

    @Override
    public Problems repeat(int times) {
        long[] all = new long[ArraySize.of(seeds.length, times)];
        Arrays.setAll(all, i -> seeds[i % seeds.length]);
        return new Problems(problem.repeat(times), all, steps);
    }

    /** The same in another floating-point type. */
    public Problems to(DType dtype) {
        return new Problems(problem.to(dtype), seeds, steps);
    }

    /** Weights before training, [tasks, ...]. */
    public Params start() {
        return problem.start(new Chance(seeds, 0, Chance.Purpose.START));
    }

    /** The loss of the mini-batch of a step, [tasks]; any step may be asked for, at any time. */
    public Tensor loss(Params weights, int step) {
        return problem.loss(weights, new Chance(seeds, step, Chance.Purpose.STEP));
    }

    /** The same training runs with the mini-batch of a step as what is held out. */
    public Problems upcoming(int step) {
        return new Problems(new UpcomingBatch(problem, new Chance(seeds, step, Chance.Purpose.STEP)), seeds, steps);
    }

    /** The loss of a mini-batch that no step trains on, one for each step, [tasks]. */
    public Tensor fresh(Params weights, int step) {
        return problem.loss(weights, new Chance(seeds, -1 - step, Chance.Purpose.STEP));
    }

    /** The loss that training is meant to lower, [tasks]. */
    public Tensor heldOut(Params weights) {
        return problem.heldOut(weights);
    }
}
