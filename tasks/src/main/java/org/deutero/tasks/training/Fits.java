package org.deutero.tasks.training;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;

/**
 * A network fitted to each task of a source: support sets are trained on, query sets held out.
 *
 * @param network that is trained
 * @param source of the data
 * @param batch items of a mini-batch
 * @param steps of a training run
 */
public record Fits(Network network, TaskSource<Episodes> source, int batch, int steps) implements TaskSource<Problems> {
    /** Refuses empty runs. */
    public Fits {
        if (batch < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "training needs at least 1 item and 1 step, not " + batch + " and " + steps);
        }
    }

    @Override
    public Problems sample(int tasks, RandomGenerator rng) {
        List<Episodes> all = new ArrayList<>();
        long[] seeds = new long[tasks];
        for (int t = 0; t < tasks; t++) {
            all.add(source.sample(1, rng));
            seeds[t] = rng.nextLong();
        }
        return new Problems(new Fit(network, joined(all), batch), seeds, steps);
    }

    private static Episodes joined(List<Episodes> all) {
        return new Episodes(
                Tensors.cat(all.stream().map(Episodes::supportX).toList(), 0),
                Tensors.cat(all.stream().map(Episodes::supportY).toList(), 0),
                Tensors.cat(all.stream().map(Episodes::queryX).toList(), 0),
                Tensors.cat(all.stream().map(Episodes::queryY).toList(), 0),
                all.get(0).way());
    }
}
