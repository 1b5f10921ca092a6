package org.deutero.learn.evaluate;

import java.util.function.BiFunction;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Tensor;

/**
 * A measure of predictions for the queries.
 *
 * @param name in reports and metrics
 * @param higherIsBetter whether more is better
 * @param function of outputs and tasks, one number a task, [tasks]
 */
record OutputMeasure(String name, boolean higherIsBetter, BiFunction<Tensor, Episodes, Tensor> function)
        implements Measure<Episodes> {
    @Override
    public Tensor of(Tensor outputs, Episodes tasks) {
        return function.apply(outputs, tasks);
    }
}
