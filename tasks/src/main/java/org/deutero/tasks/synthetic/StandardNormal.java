package org.deutero.tasks.synthetic;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Reference;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Mean 0 and deviation 1, whatever is shown.
 *
 * @param source of the tasks
 */
public record StandardNormal(TaskSource<Episodes> source) implements Reference {
    @Override
    public String name() {
        return "standard normal";
    }

    @Override
    public Forecast forecast(int tasks, RandomGenerator rng) {
        Episodes drawn = source.sample(tasks, rng);
        Tensor zeros = Tensors.zerosLike(drawn.queryY());
        return new Forecast(drawn, zeros, Optional.of(Tensors.onesLike(zeros)));
    }
}
