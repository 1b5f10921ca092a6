package org.deutero.tasks.control;

import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Lives on a {@link CartPole}. A task is two of them, which begin with every number uniform in [-0.05, 0.05). Nothing is shown and asked: support and query inputs both are where the lives begin, float32 {@code [tasks, 2, 5]}, and
 * targets are the rewards that can be had, {@code [tasks, 2, 1]}.
 *
 * @param environment to live in
 * @param polarity of the two lives
 */
public record Lives(CartPole environment, Polarity polarity) implements TaskSource<Episodes> {
    private static final double LARGEST = 0.05;
    private static final int LIVES = 2;

    /** Which lives have their actions swapped. */
    public enum Polarity {
        /** None. */
        NORMAL,
        /** All. */
        SWAPPED,
        /** The second of every task. */
        BOTH
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        int features = environment.features();
        float[] start = new float[Math.multiplyExact(tasks, LIVES * features)];
        for (int life = 0; life < tasks * LIVES; life++) {
            for (int i = 0; i < features - 1; i++) {
                start[life * features + i] = (float) (LARGEST * (2 * rng.nextDouble() - 1));
            }
            boolean swapped = polarity == Polarity.SWAPPED || (polarity == Polarity.BOTH && life % LIVES == 1);
            start[(life + 1) * features - 1] = swapped ? -1 : 1;
        }
        Tensor x = Tensor.of(start, tasks, LIVES, features);
        Tensor most = Tensors.full(environment.horizon(), x.dtype(), tasks, LIVES, 1);
        return new Episodes(x, most, x, most, 0);
    }
}
