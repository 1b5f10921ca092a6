package org.deutero.learn.evolution;

import java.util.random.RandomGenerator;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** Points to come close to, [tasks, 3]. */
record Points(Tensor at) implements TaskBatch<Points> {
    /** The same points in every shard, whose mean is (1, -2, 0.5). */
    static final TaskSource<Points> FIXED = (n, rng) -> new Points(
            Tensor.of(new double[] {2, -4, 0, 0, 0, 1}, 2, 3).slice(0, 0, n).to(DType.FLOAT64));

    /** The best theta for {@link #FIXED}. */
    static final double[] OPTIMUM = {1, -2, 0.5};

    @Override
    public int size() {
        return (int) at.size(0);
    }

    @Override
    public Points slice(int from, int to) {
        return new Points(at.slice(0, from, to));
    }

    @Override
    public Points repeat(int times) {
        return new Points(at.tile(times));
    }

    /**
     * Begins at theta plus noise and goes half of the way in each of two steps, with noise; the loss is the squared distance that is left. Without
     * noise theta is best at the mean of the points. theta is a pair of tensors of different types.
     */
    record Walker(double noise) implements Predictor<Points> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.builder()
                    .put("a", Tensors.normal(rng, DType.FLOAT64, 2))
                    .put("b", Tensors.normal(rng, DType.FLOAT32, 1))
                    .build();
        }

        @Override
        public Params statistics() {
            return Params.of("start", Tensors.zeros(DType.FLOAT64, 3));
        }

        @Override
        public Params begin(Params theta, Points tasks, StepContext context) {
            Params own = context.forTasks(theta, tasks.size()).to(DType.FLOAT64);
            return Params.of("x", own.flattenPerTask().add(noise(tasks, context)));
        }

        private Tensor noise(Points tasks, StepContext context) {
            return context.draw(tasks.size(), (rng, n) -> Params.of("e", Tensors.normal(rng, DType.FLOAT64, n, 3)))
                    .get("e")
                    .mul(noise);
        }

        @Override
        public Step step(Params theta, Params phi, Points tasks, StepContext context) {
            context.observe(Params.of("start", phi.get("x")));
            Tensor half = phi.get("x").add(tasks.at()).mul(0.5);
            return Step.of(Params.of("x", half.add(noise(tasks, context))));
        }

        @Override
        public int steps(Points tasks) {
            return 2;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Points tasks, StepContext context) {
            return phi.get("x").sub(tasks.at()).square().sum(1);
        }

        @Override
        public Tensor predict(Params theta, Params phi, Points tasks, StepContext context) {
            return phi.get("x").unsqueeze(1);
        }
    }
}
