package org.deutero.methods.policy;

import java.util.List;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What returns to come are expected to be, linear in features of what is seen and of time: [clip(o, -10, 10), its squares, t/100, (t/100)^2, (t/100)^3, 1] (Duan, Chen, Houthooft, Schulman, Abbeel 2016, arXiv 1604.06778, section 6). Fitted to each task's episodes by ridge regression, in double.
 *
 * @param ridge added to the diagonal of the normal equations, 1e-5 in rllab
 */
public record TimePolynomial(double ridge) {
    private static final double FARTHEST = 10;
    private static final double STEPS = 100;

    /** Refuses a ridge that leaves equations without a solution. */
    public TimePolynomial {
        if (!(ridge > 0)) {
            throw new IllegalArgumentException("the ridge of a baseline is above 0, unlike " + ridge);
        }
    }

    /**
     * Fits the returns to come of steps that were taken, and answers for the same steps.
     *
     * @param returns to come, [tasks, n, steps]
     * @return [tasks, n, steps], float64; 0 for steps that were not taken
     */
    Tensor values(Trajectories lived, Tensor returns) {
        Tensor mask = Trajectories.moments(lived.lived().to(DType.FLOAT64)).unsqueeze(2);
        Tensor features = features(lived).mul(mask);
        Tensor y = Trajectories.moments(returns.to(DType.FLOAT64)).unsqueeze(2).mul(mask);
        Tensor transposed = features.transpose(1, 2);
        int width = (int) features.size(2);
        Tensor normal = transposed
                .matmul(features)
                .add(Tensors.eye(width, DType.FLOAT64).mul(ridge).to(features.device()));
        Tensor coefficients = Tensors.solve(normal, transposed.matmul(y));
        return features.matmul(coefficients).reshape(returns.shape());
    }

    /** [tasks, n * steps, features]. */
    private static Tensor features(Trajectories lived) {
        Tensor seen = lived.moments().to(DType.FLOAT64).clamp(-FARTHEST, FARTHEST);
        int tasks = (int) seen.size(0);
        int steps = (int) lived.rewards().size(2);
        int n = (int) lived.rewards().size(1);
        Tensor time = Tensors.range(steps)
                .to(seen.device())
                .to(DType.FLOAT64)
                .div(STEPS)
                .tile(n)
                .reshape(1, (long) n * steps, 1)
                .expand(tasks, (long) n * steps, 1);
        return Tensors.cat(List.of(seen, seen.square(), time, time.square(), time.pow(3), Tensors.onesLike(time)), 2);
    }
}
