package org.deutero.learn.evolution;

import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensors;

/** Where perturbations come from. */
@FunctionalInterface
interface Noise {
    /**
     * Perturbations of one pair in one window, scaled.
     *
     * @param theta the shapes, [...]
     * @param age of the lifetime when the window begins
     * @return [tasks, ...]
     */
    Params draw(Params theta, int tasks, TaskContext context, int age, int pair);

    /** Normal numbers from a branch of the context's seed; each tensor has its own, so the order in a tree is of no account. */
    static Noise normal(double std) {
        return (theta, tasks, context, age, pair) -> {
            Params.Builder noise = Params.builder();
            theta.forEach((name, t) -> {
                long[] shape = new long[t.rank() + 1];
                shape[0] = tasks;
                System.arraycopy(t.shape(), 0, shape, 1, t.rank());
                var rng = Seeds.generator(context.seed(), "perturbation." + name, age, pair);
                noise.put(name, Tensors.normal(rng, t.dtype(), shape).mul(std).to(t.device()));
            });
            return noise.build();
        };
    }
}
