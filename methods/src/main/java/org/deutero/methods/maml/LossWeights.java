package org.deutero.methods.maml;

import java.util.List;
import org.deutero.learn.StepContext;

/** How much the query loss after each inner step counts in the outer loss: the multi-step loss of MAML++. */
@SuppressWarnings("ClassInitializationDeadlock") // nobody but this constant makes a Last
public sealed interface LossWeights {
    /** Only the loss after the last step counts: MAML. */
    LossWeights LAST = new Last();

    /**
     * The weights w_0, ..., w_{T-1} of the losses after steps 1, ..., T.
     *
     * @param steps T, at least 1
     * @param iteration the number of meta-updates made
     */
    double[] weights(int steps, long iteration);

    /** The weight of the loss after {@code taken} of {@code steps} steps; when the learner is used only the last loss counts. */
    default double after(int taken, int steps, StepContext context) {
        if (steps == 0 || !context.training()) {
            return taken == steps ? 1 : 0;
        }
        return weights(steps, context.iteration())[taken - 1];
    }

    /** See {@link #LAST}. */
    record Last() implements LossWeights {
        @Override
        public double[] weights(int steps, long iteration) {
            double[] weights = new double[steps];
            weights[steps - 1] = 1;
            return weights;
        }
    }

    /**
     * The same weights in all of meta-training.
     *
     * @param values one for each step of meta-training
     */
    record Fixed(List<Double> values) implements LossWeights {
        /** Copies the list. */
        public Fixed {
            values = List.copyOf(values);
        }

        @Override
        public double[] weights(int steps, long iteration) {
            if (values.size() != steps) {
                throw new IllegalArgumentException(
                        "there are " + values.size() + " weights of losses for " + steps + " inner steps");
            }
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /**
     * Weights that start equal and move, epoch by epoch, to the last loss (Antoniou, Edwards, Storkey 2019, arXiv 1810.09502, section 4, "multi-step loss
     * optimization", with the course of the released code).
     *
     * <p>In epoch e of E: w_t = max(1/T - e/(T E), 0.03/T) for t &lt; T-1 and w_{T-1} = min(1/T + e (T-1)/(T E), 1 - (T-1) 0.03/T). After E epochs
     * only the last loss counts.
     *
     * @param iterations meta-iterations over which weights are annealed, E epochs
     * @param epoch meta-iterations with the same weights, 500 in the released code; 1 for a continuous course
     */
    record Annealed(long iterations, long epoch) implements LossWeights {
        private static final double FLOOR = 0.03;

        /** Checks ranges. */
        public Annealed {
            if (iterations < 0 || epoch < 1) {
                throw new IllegalArgumentException("losses cannot be annealed over " + iterations
                        + " iterations in epochs of " + epoch + ": expected at least 0 and 1");
            }
        }

        @Override
        public double[] weights(int steps, long iteration) {
            if (iteration >= iterations) {
                return LAST.weights(steps, iteration);
            }
            double equal = 1.0 / steps;
            long epochsBefore = iteration / epoch;
            double fall = equal * epochsBefore * epoch / iterations;
            double[] weights = new double[steps];
            for (int t = 0; t < steps - 1; t++) {
                weights[t] = Math.max(equal - fall, FLOOR / steps);
            }
            weights[steps - 1] = Math.min(equal + (steps - 1) * fall, 1 - (steps - 1) * FLOOR / steps);
            return weights;
        }
    }
}
