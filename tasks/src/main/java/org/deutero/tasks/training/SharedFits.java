package org.deutero.tasks.training;

import java.util.random.RandomGenerator;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.SupervisedProblem;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;

/**
 * A network fitted to one data set from different starts.
 *
 * @param network that is trained
 * @param data to train on and to be judged on
 * @param batch items of a mini-batch
 * @param steps of a training run
 */
public record SharedFits(Network network, SupervisedProblem data, int batch, int steps)
        implements TaskSource<Problems> {
    @Override
    public Problems sample(int tasks, RandomGenerator rng) {
        long[] seeds = new long[tasks];
        for (int t = 0; t < tasks; t++) {
            seeds[t] = rng.nextLong();
        }
        SharedFit fit = new SharedFit(network, data.support(), data.query(), tasks, batch, DType.FLOAT32);
        return new Problems(fit, seeds, steps);
    }
}
