package org.deutero.methods.neuronml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.learn.Learner;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.ActiveUnits;
import org.deutero.learn.gradient.ForwardModeGradient;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.LevelledMetaAlgorithm;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.Maml;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the golden vectors do not hold: options, bounds, collapse, and that learning stays within the structure. */
@ExtendWith(InScope.class)
public class NeuronMlTest {
    private static final Mlp NET = new Mlp(List.of(2, 4, 3, 1), Activation.TANH, Initializer.LECUN_UNIFORM);

    private Episodes tasks;

    @BeforeEach
    void draw() {
        tasks = TestTasks.regression();
    }

    /** A learner in float64 of two steps, three when it is used. */
    public static NeuronMl learner(Network network, Objective objective, Gates.Granularity granularity) {
        return learner(network, objective, soft(network, granularity), MaskSteps.NONE, QueryStatistics.BATCH);
    }

    /** The same for small images, with other statistics of queries. */
    public static NeuronMl with(QueryStatistics statistics, Gates.Granularity granularity) {
        Network network = TestTasks.convNet(3);
        return learner(network, Objective.CROSS_ENTROPY, soft(network, granularity), MaskSteps.NONE, statistics);
    }

    private static Gates soft(Network network, Gates.Granularity granularity) {
        return new Gates(network, granularity, Gates.Form.CLAMP, 0.9, OptionalDouble.empty());
    }

    private static NeuronMl learner(
            Network network, Objective objective, Gates gates, MaskSteps mask, QueryStatistics statistics) {
        return new NeuronMl(
                network,
                objective,
                InnerLoop.of(Sgd.PLAIN, 0.2, 2, 3),
                gates,
                Structure.STANDARD,
                mask,
                1,
                statistics,
                DType.FLOAT64);
    }

    private static NeuronMl regression(Gates gates, MaskSteps mask) {
        return learner(NET, Objective.SQUARED_ERROR, gates, mask, QueryStatistics.BATCH);
    }

    /** Weights, and gates spread over (0, 1) rather than all at their start. */
    private static Params theta(NeuronMl learner) {
        SplittableRandom rng = new SplittableRandom(5);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        return theta.with(theta.filter(Gates::isGate).map(g -> Tensors.uniform(rng, 0.2, 0.95, g.dtype(), g.shape())));
    }

    private static TaskContext training(NeuronMl learner, Params theta) {
        return TaskContext.training(1, 0, learner.statistics(theta), values -> {});
    }

    // ---- every option has the gradient of what it computes
    // -----------------------------------------------------------------------------------

    private record Option(String name, NeuronMl learner) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Option> options() {
        Gates weight = soft(NET, Gates.Granularity.PER_WEIGHT);
        Gates unit = soft(NET, Gates.Granularity.PER_UNIT);
        Gates free = new Gates(NET, Gates.Granularity.PER_WEIGHT, Gates.Form.SIGMOID, 0.9, OptionalDouble.empty());
        return Stream.of(
                new Option("per weight", regression(weight, MaskSteps.NONE)),
                new Option("per unit", regression(unit, MaskSteps.NONE)),
                new Option("sigmoid", regression(free, MaskSteps.NONE)),
                new Option("per task", regression(weight, new MaskSteps(2, 0.05))),
                new Option("per task and unit", regression(unit, new MaskSteps(1, 0.05))),
                new Option("per task, sigmoid", regression(free, new MaskSteps(1, 0.05))));
    }

    /** The query loss alone: importance, which the other terms hold fixed, is covered by the golden vectors. */
    @ParameterizedTest
    @MethodSource("options")
    void gradientsAgreeWithFiniteDifferences(Option option) {
        NeuronMl learner = option.learner();
        Params theta = theta(learner);
        TaskContext context = training(learner, theta);
        // Importance depends on the weights of the first gate step, and is a constant by definition: leave it out of
        // the inner loss.
        NeuronMl smooth = new NeuronMl(
                NET,
                Objective.SQUARED_ERROR,
                learner.inner(),
                learner.gates(),
                new Structure(0.1, 0, 0, 1, 0.05, 1, 0.5),
                learner.mask(),
                1,
                QueryStatistics.BATCH,
                DType.FLOAT64);
        for (Learner<Episodes> level : List.of(smooth, new StructureLevel(smooth))) {
            Params gradient = Unroll.FULL.estimate(level, theta, tasks, context).gradient();
            SplittableRandom rng = new SplittableRandom(7);
            Params direction = theta.map(t -> Tensors.normal(rng, t.dtype(), t.shape()));
            double h = 1e-5;
            double slope = (8
                                    * (loss(level, theta.addScaled(direction, h), context)
                                            - loss(level, theta.addScaled(direction, -h), context))
                            - loss(level, theta.addScaled(direction, 2 * h), context)
                            + loss(level, theta.addScaled(direction, -2 * h), context))
                    / (12 * h);
            assertThat(gradient.dot(direction).item())
                    .isCloseTo(slope, within(1e-7 * gradient.norm() * direction.norm()));
        }
    }

    private double loss(Learner<Episodes> learner, Params theta, TaskContext context) {
        return learner.metaLoss(theta, adapted(learner, theta, context), tasks, end(learner, context))
                .sum()
                .item();
    }

    private StepContext end(Learner<Episodes> learner, TaskContext context) {
        return context.at(learner.steps(tasks), false);
    }

    private Params adapted(Learner<Episodes> learner, Params theta, TaskContext context) {
        Params phi = learner.begin(theta, tasks, context.at(0, false));
        for (int t = 0; t < learner.steps(tasks); t++) {
            phi = learner.step(theta, phi, tasks, context.at(t, false)).state();
        }
        return phi;
    }

    /** Importance must be a constant to every estimator, forward mode with its tangents included. */
    @ParameterizedTest
    @MethodSource("options")
    void exactEstimatorsAgreeOnTheStructure(Option option) {
        NeuronMl learner = option.learner();
        Params theta = theta(learner);
        StructureLevel level = new StructureLevel(learner);
        Params expected = Unroll.FULL
                .estimate(level, theta, tasks, training(learner, theta))
                .gradient();
        for (MetaGradient exact : List.of(Sweep.ALL, new MixedMode(Store.ALL), new ForwardModeGradient(1000))) {
            assertNear(
                    exact.estimate(level, theta, tasks, training(learner, theta))
                            .gradient(),
                    expected,
                    1e-10);
        }
    }

    // ---- structure
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void openGatesAreMaml() {
        NeuronMl learner = regression(soft(NET, Gates.Granularity.PER_WEIGHT), MaskSteps.NONE);
        Params theta = theta(learner);
        Params open = theta.with(theta.filter(Gates::isGate).map(Tensors::onesLike));
        Params weights = theta.filter(n -> !Gates.isGate(n));
        Maml maml = new Maml(
                NET, Objective.SQUARED_ERROR, Adaptation.ALL, learner.inner(), QueryStatistics.BATCH, DType.FLOAT64);
        TaskContext context = training(learner, theta);
        assertNear(
                learner.metaLoss(open, adapted(learner, open, context), tasks, end(learner, context)),
                maml.metaLoss(weights, adapted(maml, weights, context), tasks, end(maml, context)),
                1e-14);
    }

    @Test
    void whatAClosedGateTakesAwayStaysAway() {
        NeuronMl learner = regression(soft(NET, Gates.Granularity.PER_UNIT), MaskSteps.NONE);
        Params theta = theta(learner);
        Tensor closed = Tensor.of(new double[] {0, 0.5, 0.5, 0.5}, 4);
        Params phi = adapted(learner, theta.with(Params.of("gate.l0.unit", closed)), training(learner, theta));
        assertThat(phi.get("l0.weight").select(1, 0).abs().sum().item()).isZero();
        assertThat(phi.get("l0.bias").select(1, 0).abs().sum().item()).isZero();
        assertThat(phi.get("l0.weight").select(1, 1).abs().sum().item()).isPositive();
    }

    @Test
    void hardGatesAreOpenOrClosedAndStillHaveAGradient() {
        Gates hard = new Gates(NET, Gates.Granularity.PER_WEIGHT, Gates.Form.CLAMP, 0.9, OptionalDouble.of(0.5));
        NeuronMl learner = regression(hard, MaskSteps.NONE);
        Params theta = theta(learner);
        double[] values = hard.values(theta).flatten().doubles();
        for (double value : values) {
            assertThat(Math.min(Math.abs(value), Math.abs(value - 1))).isLessThan(1e-15);
        }
        assertThat(values).contains(0.0);
        Params gradient = Unroll.FULL
                .estimate(learner, theta, tasks, training(learner, theta))
                .gradient();
        assertThat(gradient.get("gate.l1.weight").abs().sum().item()).isPositive();
    }

    @Test
    void tasksMoveGatesOfTheirOwn() {
        NeuronMl learner = regression(soft(NET, Gates.Granularity.PER_WEIGHT), new MaskSteps(1, 0.1));
        Params theta = theta(learner);
        Params phi = adapted(learner, theta, training(learner, theta));
        Tensor gates = phi.get("gate.l1.weight");
        assertThat(TestTasks.difference(gates.select(0, 0), gates.select(0, 1))).isGreaterThan(1e-4);
        assertThat(gates.clamp(0, 1).sub(gates).abs().sum().item()).isZero();
    }

    @Test
    void plasticityIsTheMeanOverOrderedPairs() {
        Tensor activity = Tensor.of(new double[] {0.1, 0.9, 0.5, 0.2, 0.7, 0.4}, 3, 2);
        Tensor magnitude = Tensor.of(new double[] {1, 2, 3, 1, 2, 6}, 3, 2);
        double p0 = Math.exp(2.0 / 3) / (Math.exp(2.0 / 3) + Math.E);
        double first = 0.1 * 0.5 + 0.1 * 0.7 + 0.5 * 0.7;
        double second = 0.9 * 0.2 + 0.9 * 0.4 + 0.2 * 0.4;
        assertThat(Plasticity.of(activity, magnitude, 1).mean().item())
                .isCloseTo((p0 * first + (1 - p0) * second) / 3, within(1e-15));
        assertThat(Plasticity.of(activity.slice(0, 0, 1), magnitude.slice(0, 0, 1), 1)
                        .doubles())
                .containsExactly(0);
    }

    @Test
    void theBudgetIsAShareOfTheWeightsAtTheStart() {
        NeuronMl learner = regression(soft(NET, Gates.Granularity.PER_WEIGHT), MaskSteps.NONE);
        Params theta = theta(learner);
        double norm = theta.filter(n -> !Gates.isGate(n)).flatten().abs().sum().item();
        assertThat(learner.statistics(theta).get(Structure.BUDGET).item()).isCloseTo(norm / 2, within(1e-12));
    }

    @Test
    void strengthTellsDeadUnitsFromLivingOnes() {
        NeuronMl learner = regression(soft(NET, Gates.Granularity.PER_UNIT), MaskSteps.NONE);
        Params theta = theta(learner).with(Params.of("gate.l0.unit", Tensor.of(new double[] {0, 1, 1, 0}, 4)));
        TaskContext context = training(learner, theta);
        ActiveUnits found = learner.activeUnits(theta, adapted(learner, theta, context), tasks, end(learner, context));
        assertThat(found.strength().names()).containsExactly("l0", "l1");
        assertThat(found.weights().names()).containsExactly("l0", "l1", "l2");
        assertThat(found.strength().get("l0").max(1).doubles()).containsExactly(1, 1, 1);
        assertThat(found.units().get("l0").select(1, 0).doubles()).containsExactly(0, 0, 0);
        assertThat(found.units().get("l0").select(1, 3).doubles()).containsExactly(0, 0, 0);
        assertThat(found.numbers().get("gates-closed")).isCloseTo(2 / 7.0, within(1e-12));
    }

    // ---- training
    // ----------------------------------------------------------------------------------------------------------------

    private MetaState train(NeuronMl learner, double rate, int iterations, Map<String, Double> diagnostics) {
        var algorithm = new LevelledMetaAlgorithm<>(learner, Unroll.FULL, Descent.of(Adam.DEFAULT, rate));
        MetaState state = algorithm.init(new SplittableRandom(1));
        for (int i = 0; i < 2 * iterations; i++) {
            MetaAlgorithm.Outcome outcome = algorithm.update(state, List.of(algorithm.contribute(state, 0, tasks, 1)));
            state = outcome.state();
            diagnostics.putAll(outcome.diagnostics());
        }
        return state;
    }

    private static NeuronMl withTaskWeight(double weight) {
        return new NeuronMl(
                NET,
                Objective.SQUARED_ERROR,
                InnerLoop.of(Sgd.PLAIN, 0.01, 1, 1),
                soft(NET, Gates.Granularity.PER_WEIGHT),
                new Structure(0.1, 0.1, 0.1, weight, 0.05, 1, 0.5),
                MaskSteps.NONE,
                1,
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    /** The objective as printed has no query loss, and then nothing keeps gates open. */
    @Test
    void withoutTheTaskTheStructureCollapses() {
        Map<String, Double> diagnostics = new HashMap<>();
        MetaState state = train(withTaskWeight(0), 0.02, 70, diagnostics);
        assertThat(state.iteration()).isEqualTo(70);
        assertThat(diagnostics.get("gate-mean")).isLessThan(0.1);
        assertThat(diagnostics.get("gates-closed")).isGreaterThan(0.9);
        assertThat(diagnostics).containsKeys("frugality", "plasticity", "sensitivity", "gates-open", "structure-loss");
        double[] gates = state.theta().filter(Gates::isGate).flatten().doubles();
        assertThat(Arrays.stream(gates).allMatch(g -> g >= 0 && g <= 1)).isTrue();

        Map<String, Double> kept = new HashMap<>();
        train(withTaskWeight(1), 0.02, 70, kept);
        assertThat(kept.get("gate-mean")).isGreaterThan(0.1);
    }

    @Test
    void unitsNeedAHiddenLayer() {
        assertThatThrownBy(() -> NeuronMlMethods.NEURONML.learner(
                        Options.of(Map.of("gates", "per-unit")),
                        Options.of(Map.of("type", "mlp", "hidden", List.of())),
                        TaskShape.regression(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("need a network with a hidden layer");
    }
}
