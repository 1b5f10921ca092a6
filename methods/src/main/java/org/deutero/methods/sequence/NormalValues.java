package org.deutero.methods.sequence;

import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Predictive;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Numbers, told as they are and answered by a normal distribution for each: mean, and deviation 0.1 + 0.9 softplus(.), as neural processes have it, so that no loss runs away. The loss is minus the log density, summed over the numbers of a target; the answer is the mean.
 *
 * @param told numbers in a target
 */
public record NormalValues(int told) implements Targets {
    private static final double FLOOR = 0.1;

    /** Means, then what deviations are made of. */
    @Override
    public int outputs() {
        return 2 * told;
    }

    @Override
    public Params begin(Sequences tasks, StepContext context, DType dtype) {
        return Params.EMPTY;
    }

    @Override
    public Tensor tell(Params fixed, Tensor y, DType dtype) {
        return y.to(dtype);
    }

    /** What outputs [tasks, n, 2 told] say. */
    Predictive believed(Tensor outputs) {
        Tensor deviations = Functional.softplus(outputs.slice(2, told, 2L * told))
                .mul(1 - FLOOR)
                .add(FLOOR);
        return Predictive.normal(outputs.slice(2, 0, told), deviations);
    }

    @Override
    public Tensor losses(Params fixed, Tensor outputs, Tensor y) {
        return believed(outputs).logDensity(y).mean(1).neg();
    }

    @Override
    public Tensor answers(Params fixed, Tensor outputs) {
        return outputs.slice(2, 0, told);
    }
}
