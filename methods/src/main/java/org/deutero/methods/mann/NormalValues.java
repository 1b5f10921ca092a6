package org.deutero.methods.mann;

import org.deutero.learn.StepContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Numbers, told as they are and answered by a normal distribution for each: mean, and deviation 0.1 + 0.9 softplus(.), as neural processes have it, so that no loss runs away. The loss is minus the log density, summed over the numbers of a target; the answer is the mean.
 *
 * @param told numbers in a target
 */
record NormalValues(int told) implements Targets {
    private static final double FLOOR = 0.1;
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /** Means, then what deviations are made of. */
    @Override
    public int outputs() {
        return 2 * told;
    }

    @Override
    public Params begin(Episodes tasks, StepContext context, DType dtype) {
        return Params.EMPTY;
    }

    @Override
    public Tensor tell(Params fixed, Tensor y, DType dtype) {
        return y.to(dtype);
    }

    /** Standard deviations [tasks, n, told]. */
    Tensor deviations(Tensor outputs) {
        return Functional.softplus(outputs.slice(2, told, 2L * told))
                .mul(1 - FLOOR)
                .add(FLOOR);
    }

    @Override
    public Tensor losses(Params fixed, Tensor outputs, Tensor y) {
        Tensor deviations = deviations(outputs);
        return y.sub(answers(fixed, outputs))
                .div(deviations)
                .square()
                .mul(0.5)
                .add(deviations.log())
                .add(HALF_LOG_TWO_PI)
                .sum(2)
                .mean(1);
    }

    @Override
    public Tensor answers(Params fixed, Tensor outputs) {
        return outputs.slice(2, 0, told);
    }
}
