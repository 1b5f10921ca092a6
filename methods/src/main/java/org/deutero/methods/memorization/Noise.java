package org.deutero.methods.memorization;

import java.util.stream.LongStream;
import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** Standard normal numbers for a bottleneck, by name: the same name gives the same numbers all through a task's learning. */
@FunctionalInterface
public interface Noise {
    /** Drawn from the context's seed. */
    Noise DRAWN = (name, dtype, tasks, context, shape) -> context.draw(
                    "noise " + name,
                    tasks,
                    (rng, n) -> Params.of(
                            "noise",
                            Tensors.normal(
                                    rng,
                                    dtype,
                                    LongStream.concat(LongStream.of(n), LongStream.of(shape))
                                            .toArray())))
            .get("noise");

    /**
     * The numbers.
     *
     * @param name of a layer, or of a set of inputs
     * @param tasks in the batch
     * @param context of the step
     * @param shape without tasks
     * @return [tasks, shape...]
     */
    Tensor of(String name, DType dtype, int tasks, StepContext context, long... shape);
}
