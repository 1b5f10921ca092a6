package org.deutero.learn.evaluate;

import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Tensor;

/**
 * How well outputs fit the queries of tasks.
 *
 * @param <T> tasks in a batch
 */
public interface Measure<T extends TaskBatch<T>> {
    /** Share of queries whose largest logit is at the label, in [0, 1]. */
    Measure<Episodes> ACCURACY = new Measure<>() {
        @Override
        public String name() {
            return "accuracy";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return Losses.accuracy(outputs, tasks.queryY());
        }
    };

    /** Mean cross-entropy over queries, in nats. */
    Measure<Episodes> CROSS_ENTROPY = new Measure<>() {
        @Override
        public String name() {
            return "cross-entropy";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return Losses.crossEntropy(outputs, tasks.queryY());
        }
    };

    /** Mean squared error over queries and outputs. */
    Measure<Episodes> SQUARED_ERROR = new Measure<>() {
        @Override
        public String name() {
            return "mse";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return Losses.squaredError(outputs, tasks.queryY());
        }
    };

    /** Squared error of the reward expected of the arm that was pulled, mean over queries; targets are arm and reward. */
    Measure<Episodes> REWARD_ERROR = new Measure<>() {
        @Override
        public String name() {
            return "reward-mse";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return Losses.chosenSquaredError(outputs, tasks.queryY());
        }
    };

    /** Reward expected under the policy softmax(outputs), mean over queries; targets are what each arm pays. */
    Measure<Episodes> REWARD = new Measure<>() {
        @Override
        public String name() {
            return "reward";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return outputs.softmax(2).mul(tasks.queryY()).sum(2).mean(1);
        }
    };

    /** Half the squared distance of outputs to the unit vector of the class, mean over queries. */
    Measure<Episodes> HALF_SQUARED_DISTANCE = new Measure<>() {
        @Override
        public String name() {
            return "half-squared-distance";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return Losses.halfSquaredDistance(outputs, tasks.queryY().oneHot(tasks.way(), outputs.dtype()));
        }
    };

    /** Share of outputs on the wrong side of 0, for targets of +1 and -1. */
    Measure<Episodes> BIT_ERROR = new Measure<>() {
        @Override
        public String name() {
            return "bit-error";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return Losses.bitError(outputs, tasks.queryY());
        }
    };

    /** Mean over queries of what came out, whatever was expected: of lives, the sum of rewards. */
    Measure<Episodes> RETURN = new Measure<>() {
        @Override
        public String name() {
            return "return";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return outputs.meanPerTask();
        }
    };

    /** Name in reports and metrics. */
    String name();

    /** Whether more is better. */
    boolean higherIsBetter();

    /** One number a task, [tasks]. */
    Tensor of(Tensor outputs, T tasks);
}
