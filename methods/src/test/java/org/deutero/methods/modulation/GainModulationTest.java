package org.deutero.methods.modulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.learn.gradient.adjoint.Contrastive;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.Nudging;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.DescentStage;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.Settling;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GainModulationTest {
    private static final Mlp MLP = new Mlp(List.of(2, 5, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM);

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static GainModulation learner(Network network, Objective objective, double pull, int steps) {
        Settling settling = Settling.of(new DescentStage(Sgd.PLAIN, 0.1, false, steps));
        return new GainModulation(
                new FastNetwork(network, objective, QueryStatistics.BATCH), pull, 3, settling, settling, DType.FLOAT64);
    }

    /** x' = tanh((W x + b) o g + s), y = V x' + c, written out. */
    @Test
    void modulatesNeurons() {
        SplittableRandom rng = new SplittableRandom(5);
        Params weights = MLP.init(rng, DType.FLOAT64);
        Tensor gain = Tensors.normal(rng, DType.FLOAT64, 3, 5);
        Tensor shift = Tensors.normal(rng, DType.FLOAT64, 3, 5);
        Tensor x = TestTasks.regression().supportX();
        Tensor hidden = x.matmul(weights.get("l0.weight").transpose(0, 1)).add(weights.get("l0.bias"));
        Tensor expected = hidden.mul(gain.unsqueeze(1))
                .add(shift.unsqueeze(1))
                .tanh()
                .matmul(weights.get("l1.weight").transpose(0, 1))
                .add(weights.get("l1.bias"));
        Params modulated = new Gains(MLP)
                .apply(
                        weights,
                        Params.builder()
                                .put("gain.l0", gain)
                                .put("shift.l0", shift)
                                .build());
        TestTasks.assertNear(MLP.apply(modulated, x), expected, 1e-12);
    }

    @Test
    void neutralGainsChangeNothing() {
        ConvNet network = TestTasks.convNet(3);
        Params weights = network.init(new SplittableRandom(1), DType.FLOAT64);
        Gains gains = new Gains(network);
        Params modulated = gains.apply(weights, gains.neutral(weights).expand(2));
        Tensor x = TestTasks.images(2).supportX();
        TestTasks.assertNear(network.apply(modulated, x), network.apply(weights, x, Normalization.batch()), 1e-12);
    }

    /** With a pull the inner minimum is unique nearby, and the contrast of slow weights' gradients is the implicit gradient. */
    @Test
    void contrastIsTheImplicitGradient() {
        GainModulation learner = learner(MLP, Objective.SQUARED_ERROR, 0.5, 1500);
        Episodes tasks = TestTasks.regression();
        Params theta = learner.metaParameters(new SplittableRandom(2));
        Params exact = gradient(learner, theta, tasks, new Implicit(new DenseSolve(100), 0));
        Params contrast = gradient(learner, theta, tasks, new Contrastive(Contrast.SYMMETRIC, 1e-3, Nudging.own(1500)));
        assertThat(exact.get("start.gain.l0").abs().sum().item()).isPositive();
        assertThat(contrast.sub(exact).norm() / exact.norm()).isLessThan(1e-5);
    }

    private static Params gradient(GainModulation learner, Params theta, Episodes tasks, MetaGradient estimator) {
        Estimate estimate = estimator.estimate(learner, theta, tasks, TaskContext.training(1));
        return estimate.gradient();
    }

    /** Without a pull the start is no meta-parameter, and the same for all tasks and always. */
    @Test
    void withoutPullTheStartIsFixed() {
        GainModulation learner = learner(MLP, Objective.SQUARED_ERROR, 0, 3);
        Params theta = learner.metaParameters(new SplittableRandom(2));
        assertThat(theta.names()).containsExactlyInAnyOrder("l0.weight", "l0.bias");
        Params first = learner.begin(theta, TestTasks.regression(), TestTasks.training(0));
        Params again = learner.begin(theta, TestTasks.regression(), TestTasks.evaluation(0, Params.EMPTY));
        TestTasks.assertNear(first, again, 0);
        assertThat(first.get("l1.weight").abs().sum().item()).isPositive();
    }
}
