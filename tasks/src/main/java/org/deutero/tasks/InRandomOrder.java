package org.deutero.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The same tasks with their support sets in random order: sequences, for learners that are asked for each item before they are told its target.
 *
 * @param source of the tasks
 */
public record InRandomOrder(TaskSource<Episodes> source) implements TaskSource<Episodes> {
    @Override
    public TaskSource<Episodes> at(long iteration) {
        return new InRandomOrder(source.at(iteration));
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        List<Episodes> all = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            Episodes task = source.sample(1, rng);
            Tensor order = Permutations.draw(rng, 1, task.supportSize()).select(0, 0);
            all.add(new Episodes(
                    task.supportX().indexSelect(1, order),
                    task.supportY().indexSelect(1, order),
                    task.queryX(),
                    task.queryY(),
                    task.way()));
        }
        return new Episodes(
                Tensors.cat(all.stream().map(Episodes::supportX).toList(), 0),
                Tensors.cat(all.stream().map(Episodes::supportY).toList(), 0),
                Tensors.cat(all.stream().map(Episodes::queryX).toList(), 0),
                Tensors.cat(all.stream().map(Episodes::queryY).toList(), 0),
                all.get(0).way());
    }
}
