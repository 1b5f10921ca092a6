package org.deutero.methods.ridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.function.FunctionFamily;
import org.deutero.tasks.function.FunctionSequences;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class OnlineRidgeTest {
    private static final TaskContext CONTEXT = TaskContext.evaluation(1, Params.EMPTY);

    private static Tensor answers(RidgeFeatures features, double ridge, Sequences tasks) {
        TaskShape shape = tasks.classification()
                ? TaskShape.classes((int) tasks.items().size(2), tasks.way())
                : TaskShape.regression((int) tasks.items().size(2), 1);
        return new OnlineRidge(features, ridge, shape, DType.FLOAT64).answers(Params.EMPTY, tasks, CONTEXT);
    }

    private static Sequences quadratic(int length) {
        return new FunctionSequences(FunctionFamily.QUADRATIC, length, DType.FLOAT64)
                .sample(3, new SplittableRandom(1));
    }

    @Test
    void aConstantIsTheMeanOfWhatWasTold() {
        Sequences tasks = quadratic(6);
        Tensor answers = answers(RidgeFeatures.CONSTANT, 0.5, tasks);
        for (int t = 0; t < 6; t++) {
            Tensor sum = tasks.answers().slice(1, 0, t).sum(1).unsqueeze(1);
            assertNear(answers.slice(1, t, t + 1), sum.div(t + 0.5), 1e-13);
        }
    }

    /** The gradient of sum |y - w' f|^2 + ridge |w|^2 is 0 at the weights that give the answers. */
    @Test
    void weightsAreWhereTheGradientVanishes() {
        Sequences tasks = quadratic(9);
        double ridge = 0.3;
        Tensor x = tasks.items();
        Tensor f = Tensors.cat(List.of(Tensors.onesLike(x.slice(2, 0, 1)), x), 2);
        // Answers to three points in general position are three equations for the weights.
        OnlineRidge learner = new OnlineRidge(RidgeFeatures.LINEAR, ridge, TaskShape.regression(2, 1), DType.FLOAT64);
        Params phi = learner.begin(Params.EMPTY, tasks, CONTEXT.at(0, false));
        for (int t = 0; t < 6; t++) {
            phi = learner.step(Params.EMPTY, phi, tasks, CONTEXT.at(t, false)).state();
        }
        Tensor asked = learner.ask(Params.EMPTY, phi, x.slice(1, 6, 9), tasks, CONTEXT.at(6, false));
        Tensor weights = Tensors.solve(f.slice(1, 6, 9), asked);
        Tensor told = f.slice(1, 0, 6);
        Tensor residual = told.matmul(weights).sub(tasks.answers().slice(1, 0, 6));
        Tensor gradient = told.transpose(1, 2).matmul(residual).add(weights.mul(ridge));
        assertNear(gradient, Tensors.zerosLike(gradient), 1e-10);
    }

    /** Six features of six points: the function itself is found. */
    @Test
    void trueFeaturesFindTheFunction() {
        Sequences tasks = quadratic(12);
        Tensor late = answers(RidgeFeatures.QUADRATIC, 1e-9, tasks).slice(1, 10, 12);
        assertNear(late, tasks.answers().slice(1, 10, 12), 1e-4);
        Tensor linear = answers(RidgeFeatures.LINEAR, 1e-9, tasks).slice(1, 10, 12);
        assertThat(TestTasks.difference(linear, tasks.answers().slice(1, 10, 12)))
                .isGreaterThan(0.01);
    }

    /** Squares and products, each once. */
    @Test
    void featuresAreAllProductsOfTwo() {
        Tensor x = Tensor.of(new double[] {2, 3, 5}, 1, 1, 3);
        assertThat(RidgeFeatures.QUADRATIC.of(x).doubles()).containsExactly(1, 2, 3, 5, 4, 6, 10, 9, 15, 25);
        for (RidgeFeatures features : RidgeFeatures.values()) {
            assertThat(features.of(x).size(2)).isEqualTo(features.number(3));
        }
    }

    /** Classes that a line separates are told apart once each has been seen. */
    @Test
    void classesAreUnitVectors() {
        Tensor x = Tensor.of(new double[] {-1, 1, -0.9, 0.8}, 1, 4, 1);
        Sequences tasks = new Sequences(x, Tensor.of(new long[] {0, 1, 0, 1}, 1, 4), 2);
        Tensor answers = answers(RidgeFeatures.LINEAR, 0.01, tasks);
        assertThat(answers.slice(1, 2, 4).argmax(2).longs()).containsExactly(0, 1);
        assertNear(answers.slice(1, 0, 1), Tensors.zeros(DType.FLOAT64, 1, 1, 2), 0);
    }
}
