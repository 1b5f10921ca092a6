package org.deutero.tensor.nn.dense;

import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Matrices;
import org.deutero.tensor.Tensor;

/** A loss of outputs, the mean over a task's examples, with its derivatives by the outputs. */
public enum OutputLoss {
    /** Squared error of outputs and targets [tasks, n, outputs], mean over outputs, too. */
    SQUARED_ERROR {
        @Override
        Tensor losses(Tensor outputs, Tensor targets) {
            return Losses.squaredError(outputs, targets);
        }

        @Override
        Matrices gradient(Matrices outputs, Tensor targets) {
            return fresh(outputs)
                    .setTo(outputs)
                    .add(Matrices.of(targets.contiguous()), -1)
                    .scale(factor(outputs));
        }

        @Override
        Matrices curvature(Matrices outputs, Tensor targets, Matrices moved) {
            return fresh(outputs).setTo(moved).scale(factor(outputs));
        }

        private double factor(Matrices outputs) {
            return 2.0 / ((double) outputs.rows() * outputs.columns());
        }
    },
    /** Softmax cross-entropy of logits [tasks, n, classes] and labels int64 [tasks, n]. */
    CROSS_ENTROPY {
        @Override
        Tensor losses(Tensor outputs, Tensor targets) {
            return Losses.crossEntropy(outputs, targets);
        }

        @Override
        Matrices gradient(Matrices outputs, Tensor targets) {
            Tensor shares = outputs.tensor().softmax(2);
            DType dtype = shares.dtype();
            return Matrices.of(
                    shares.sub(targets.oneHot(outputs.columns(), dtype)).mul(1.0 / outputs.rows()));
        }

        @Override
        Matrices curvature(Matrices outputs, Tensor targets, Matrices moved) {
            Tensor shares = outputs.tensor().softmax(2);
            Tensor each = shares.mul(moved.tensor());
            return Matrices.of(each.sub(shares.mul(each.sumKeep(2))).mul(1.0 / outputs.rows()));
        }
    };

    private static Matrices fresh(Matrices outputs) {
        return Matrices.like(outputs.tensor(), false);
    }

    /** One number a task, [tasks]. */
    abstract Tensor losses(Tensor outputs, Tensor targets);

    /** Derivative of the sum over tasks by the outputs, [tasks, n, outputs]. */
    abstract Matrices gradient(Matrices outputs, Tensor targets);

    /** Derivative of that gradient as the outputs move, [tasks, n, outputs]. */
    abstract Matrices curvature(Matrices outputs, Tensor targets, Matrices moved);
}
