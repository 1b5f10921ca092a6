package org.deutero.methods.imaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Sweep;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.imaml.Proximity.Course;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.InnerLoop.Granularity;
import org.deutero.methods.maml.Maml;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is known of implicit MAML without stored numbers. */
@ExtendWith(InScope.class)
class ImplicitMamlTest {
    private static final Mlp NET = new Mlp(List.of(2, 5, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM);

    private final Episodes tasks = TestTasks.regression();

    private static ImplicitMaml learner(Optimizer optimizer, int steps, Proximity proximity) {
        return new ImplicitMaml(
                NET,
                Objective.SQUARED_ERROR,
                InnerLoop.of(optimizer, 0.1, steps, steps),
                proximity,
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    private static Params theta() {
        return NET.init(new SplittableRandom(4), DType.FLOAT64);
    }

    private Tensor supportLosses(Params weights) {
        return Losses.squaredError(NET.apply(weights, tasks.supportX()), tasks.supportY());
    }

    /** At the minimum the exact gradient of a long inner loop and the implicit one are the same. */
    @Test
    void theImplicitGradientIsThatOfALongInnerLoop() {
        ImplicitMaml learner = learner(Sgd.PLAIN, 400, Proximity.of(1.5));
        Params theta = theta();
        Params phi = TestTasks.adapted(learner, theta, tasks);
        ImplicitFunction implicit = new ImplicitFunction(learner, theta, phi, tasks);
        assertNear(
                implicit.gradient(implicit.solve(100, 0)),
                Sweep.ALL
                        .estimate(learner, theta, tasks, TaskContext.training(1))
                        .gradient(),
                1e-10);
    }

    /** lambda (phi - theta) = - grad L(phi), by any solver. */
    @Test
    void everySolverEndsAtTheSamePoint() {
        double lambda = 1.5;
        Params theta = theta();
        Params plain = TestTasks.adapted(learner(Sgd.PLAIN, 600, Proximity.of(lambda)), theta, tasks);
        ImplicitMaml momentum = learner(new Sgd(0.5, false), 600, Proximity.of(lambda));
        Params other = momentum.weights(TestTasks.adapted(momentum, theta, tasks));
        assertNear(other, plain, 1e-10);
        Params leaf = plain.leaf();
        Params force = Autograd.gradient(supportLosses(leaf).sum(), leaf, false).mul(-1);
        assertNear(plain.sub(theta.expand(tasks.size())).mul(lambda), force, 1e-10);
    }

    @Test
    void theReleasedCourseIsMamlAndThenOneStepBack() {
        double lambda = 2;
        ImplicitMaml learner = learner(Sgd.PLAIN, 3, new Proximity(lambda, 0, Course.RELEASED));
        Maml maml = new Maml(
                NET,
                Objective.SQUARED_ERROR,
                Adaptation.ALL,
                InnerLoop.of(Sgd.PLAIN, 0.1, 3, 3),
                QueryStatistics.BATCH,
                DType.FLOAT64);
        Params theta = theta();
        Params start = theta.expand(tasks.size());
        Params adapted = TestTasks.adapted(maml, theta, tasks);
        assertThat(learner.steps(tasks)).isEqualTo(4);
        assertNear(
                TestTasks.adapted(learner, theta, tasks), adapted.addScaled(adapted.sub(start), -0.1 * lambda), 1e-14);
        // Without a pull in use there is no step back.
        assertThat(learner.evaluationSteps(tasks)).isEqualTo(3);
        assertNear(TestTasks.outputs(learner, theta, tasks, Params.EMPTY), NET.apply(adapted, tasks.queryX()), 1e-14);
    }

    /** The step back takes no part in the solver's momentum. */
    @Test
    void theReleasedStepBackIsPlain() {
        ImplicitMaml learner = learner(new Sgd(0.9, false), 2, new Proximity(2, 2, Course.RELEASED));
        Params theta = theta();
        Params phi = learner.begin(theta, tasks, TestTasks.training(0));
        for (int t = 0; t < 2; t++) {
            phi = learner.step(theta, phi, tasks, TestTasks.training(t)).state();
        }
        Params before = learner.weights(phi);
        Params after = learner.step(theta, phi, tasks, TestTasks.training(2)).state();
        assertNear(learner.weights(after), before.addScaled(before.sub(theta.expand(tasks.size())), -0.2), 1e-14);
    }

    /** The code's system is ((1 + damping) I + H/(lambda + 10)) x = grad F, x its gradient. */
    @Test
    void theReleasedSystemIsThatOfTheCode() {
        double lambda = 2;
        double damping = 1;
        ImplicitMaml learner = learner(Sgd.PLAIN, 3, new Proximity(lambda, 0, Course.RELEASED));
        Params theta = theta();
        Params phi = TestTasks.adapted(learner, theta, tasks);
        ImplicitFunction implicit = new ImplicitFunction(learner, theta, phi, tasks);
        Params q = implicit.solve(100, (lambda + 10) * damping);
        Params x = q.mul(lambda + 10);
        Params hessian = Autograd.hessianVector(p -> supportLosses(p).sum(), phi, x);
        assertNear(x.mul(1 + damping).addScaled(hessian, 1 / (lambda + 10)), implicit.outerGradient(), 1e-12);
        assertNear(implicit.gradient(q), x.map(t -> t.sum(0)), 1e-12);
    }

    @Test
    void tasksMayHaveMetaParametersOfTheirOwn() {
        ImplicitMaml learner = learner(Sgd.PLAIN, 4, Proximity.of(2));
        Params a = theta();
        Params b = a.map(t -> t.mul(1.2));
        Params own = a.zip(b, (x, y) -> Tensors.stack(List.of(x, y, x), 0));
        Tensor losses = Unroll.FULL
                .estimate(learner, own, tasks, TaskContext.training(1).withOwnTheta())
                .losses();
        Tensor underA =
                Unroll.FULL.estimate(learner, a, tasks, TaskContext.training(1)).losses();
        Tensor underB =
                Unroll.FULL.estimate(learner, b, tasks, TaskContext.training(1)).losses();
        assertThat(losses.doubles())
                .containsExactly(
                        new double[] {underA.doubles()[0], underB.doubles()[1], underA.doubles()[2]}, within(1e-13));
    }

    @Test
    void learnedRatesAreRefused() {
        assertThatThrownBy(() -> new ImplicitMaml(
                        NET,
                        Objective.SQUARED_ERROR,
                        InnerLoop.learned(Sgd.PLAIN, 0.1, Granularity.TENSOR, 1, 1),
                        Proximity.of(1),
                        QueryStatistics.BATCH,
                        DType.FLOAT64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be learned");
    }
}
