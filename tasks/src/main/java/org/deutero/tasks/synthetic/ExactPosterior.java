package org.deutero.tasks.synthetic;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Reference;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * The posterior under the kernel that each function was drawn from, which no learner can beat in the mean.
 *
 * @param source of the functions
 */
public record ExactPosterior(GaussianProcesses source) implements Reference {
    @Override
    public String name() {
        return "exact posterior";
    }

    @Override
    public Forecast forecast(int tasks, RandomGenerator rng) {
        GaussianProcesses.Batch batch = source.draw(tasks, rng);
        int queries = batch.episodes().querySize();
        double[] mean = new double[ArraySize.of(tasks, queries)];
        double[] deviation = new double[mean.length];
        for (int t = 0; t < tasks; t++) {
            RadialKernel.Posterior posterior = batch.kernels()
                    .get(t)
                    .posterior(
                            row(batch.episodes().supportX(), t),
                            row(batch.episodes().supportY(), t),
                            row(batch.episodes().queryX(), t));
            System.arraycopy(posterior.mean(), 0, mean, t * queries, queries);
            System.arraycopy(posterior.deviation(), 0, deviation, t * queries, queries);
        }
        DType dtype = source.dtype();
        return new Forecast(
                batch.episodes(),
                Tensor.of(mean, tasks, queries, 1).to(dtype),
                Optional.of(Tensor.of(deviation, tasks, queries, 1).to(dtype)));
    }

    private static double[] row(Tensor points, int task) {
        return points.select(0, task).reshape(-1).doubles();
    }
}
