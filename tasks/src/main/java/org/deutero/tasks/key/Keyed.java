package org.deutero.tasks.key;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The same episodes with their labels scrambled, support and query by the same key, another one for each episode: for meta-training only. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param source of the episodes; all of one size
 * @param key how labels are scrambled
 */
public record Keyed(TaskSource<Episodes> source, LabelKey key) implements TaskSource<Episodes> {
    @Override
    public TaskSource<Episodes> at(long iteration) {
        return new Keyed(source.at(iteration), key);
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        List<Episodes> all = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            Episodes task = source.sample(1, rng);
            all.add(scrambled(task, key.draw(rng, task)));
        }
        return new Episodes(
                Tensors.cat(all.stream().map(Episodes::supportX).toList(), 0),
                Tensors.cat(all.stream().map(Episodes::supportY).toList(), 0),
                Tensors.cat(all.stream().map(Episodes::queryX).toList(), 0),
                Tensors.cat(all.stream().map(Episodes::queryY).toList(), 0),
                all.get(0).way(),
                all.get(0).augmentation());
    }

    private Episodes scrambled(Episodes task, Tensor drawn) {
        Tensor supportY = key.apply(drawn, task.supportY());
        Tensor queryY = key.apply(drawn, task.queryY());
        if (!task.classification()) {
            return new Episodes(task.supportX(), supportY, task.queryX(), queryY, 0, task.augmentation());
        }
        Tensor support = byClass(supportY, task.way());
        Tensor query = byClass(queryY, task.way());
        return new Episodes(
                task.supportX().indexSelect(1, support),
                supportY.indexSelect(1, support),
                task.queryX().indexSelect(1, query),
                queryY.indexSelect(1, query),
                task.way(),
                task.augmentation());
    }

    /** The order in which items of one task stand class by class again, int64 [n]. */
    private static Tensor byClass(Tensor labels, int way) {
        long[] y = labels.longs();
        long[] order = new long[y.length];
        int at = 0;
        for (int c = 0; c < way; c++) {
            for (int i = 0; i < y.length; i++) {
                if (y[i] == c) {
                    order[at++] = i;
                }
            }
        }
        return Tensor.of(order, order.length);
    }
}
