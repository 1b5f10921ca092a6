package org.deutero.learn.evolution;

import java.util.random.RandomGenerator;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Influence balancing (Tallec, Ollivier 2017): a state s in R^23, s' = A s + theta u with u = +1 in the first 10 coordinates and -1 in the
 * other 13, A = 1/2 on the diagonal and above it; every step meets (s'_1 - 1)^2 / 2. At first theta raises s_1, in the long run it
 * lowers it, so that whoever looks a few steps ahead only goes the wrong way.
 *
 * @param steps of a lifetime
 */
record InfluenceBalancing(int steps) implements Predictor<Copies> {
    private static final int SIZE = 23;
    private static final int POSITIVE = 10;

    static Params theta(double value) {
        return Params.of("theta", Tensor.of(new double[] {value}, 1));
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return theta(0.5);
    }

    @Override
    public Params begin(Params theta, Copies tasks, StepContext context) {
        return Params.of("s", Tensors.ones(DType.FLOAT64, tasks.size(), SIZE));
    }

    @Override
    public Step step(Params theta, Params phi, Copies tasks, StepContext context) {
        double[] transposed = new double[SIZE * SIZE];
        double[] signs = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            transposed[i * SIZE + i] = 0.5;
            if (i > 0) {
                transposed[i * SIZE + i - 1] = 0.5;
            }
            signs[i] = i < POSITIVE ? 1 : -1;
        }
        Tensor own = context.forTasks(theta, tasks.size()).get("theta");
        Tensor next = phi.get("s").matmul(Tensor.of(transposed, SIZE, SIZE)).add(own.mul(Tensor.of(signs, 1, SIZE)));
        return new Step(Params.of("s", next), next.select(1, 0).sub(1).square().mul(0.5));
    }

    @Override
    public int steps(Copies tasks) {
        return steps;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Copies tasks, StepContext context) {
        return Tensors.zeros(DType.FLOAT64, tasks.size());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Copies tasks, StepContext context) {
        return phi.get("s").unsqueeze(2);
    }
}
