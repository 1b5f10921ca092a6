package org.deutero.tasks.pose;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * How far an object is turned, from pictures of it: a task is an object, whose canonical pose the support set tells. Inputs are {@code [tasks, points, 1, size, size]} in [0, 1], targets {@code [tasks, points, outputs]}
 * in [0, scale). Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param views of the objects, each as likely
 * @param support pictures to learn from
 * @param query pictures to be judged on, others than those
 * @param scale what a full turn counts
 */
public record PoseTasks(Views views, int support, int query, double scale) implements TaskSource<Episodes> {
    /** Refuses tasks that there are not enough pictures for. */
    public PoseTasks {
        if (support < 1 || query < 1 || views.objects() < 1) {
            throw new IllegalArgumentException("pose tasks need objects, support and queries");
        }
        for (int object = 0; object < views.objects(); object++) {
            if (views.count(object) < support + query) {
                throw new IllegalArgumentException("an object has " + views.count(object) + " views, but tasks of "
                        + support + " shots and " + query + " queries need " + (support + query));
            }
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        int area = views.size() * views.size();
        int outputs = views.outputs();
        float[] supportX = new float[ArraySize.of(tasks, support, area)];
        float[] queryX = new float[ArraySize.of(tasks, query, area)];
        float[] supportY = new float[ArraySize.of(tasks, support, outputs)];
        float[] queryY = new float[ArraySize.of(tasks, query, outputs)];
        for (int t = 0; t < tasks; t++) {
            int object = below(views.objects(), rng);
            int[] order = new int[views.count(object)];
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            for (int i = 0; i < support + query; i++) {
                int j = i + below(order.length - i, rng);
                int view = order[j];
                order[j] = order[i];
                boolean learned = i < support;
                int at = learned ? t * support + i : t * query + i - support;
                picture(object, view, learned ? supportX : queryX, at * area);
                for (int o = 0; o < outputs; o++) {
                    (learned ? supportY : queryY)[at * outputs + o] =
                            (float) (scale * views.turns()[object][view * outputs + o]);
                }
            }
        }
        return new Episodes(
                Tensor.of(supportX, tasks, support, 1, views.size(), views.size()),
                Tensor.of(supportY, tasks, support, outputs),
                Tensor.of(queryX, tasks, query, 1, views.size(), views.size()),
                Tensor.of(queryY, tasks, query, outputs),
                0);
    }

    private void picture(int object, int view, float[] out, int at) {
        byte[] pixels = views.pixels()[object];
        int area = views.size() * views.size();
        for (int i = 0; i < area; i++) {
            out[at + i] = (pixels[view * area + i] & 0xFF) / 255f;
        }
    }

    /** By nextDouble alone, whose bits are the same in every Java version. */
    private static int below(int n, RandomGenerator rng) {
        return (int) (rng.nextDouble() * n);
    }
}
