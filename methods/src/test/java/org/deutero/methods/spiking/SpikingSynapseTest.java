package org.deutero.methods.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.learn.gradient.adjoint.Contrastive;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Nudging;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.DescentStage;
import org.deutero.methods.InScope;
import org.deutero.methods.Settling;
import org.deutero.methods.TestTasks;
import org.deutero.methods.synapse.Consolidation;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.synthetic.Sinusoids;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Schedule;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The spiking learner: its losses, its rule, its meta-gradient. */
@ExtendWith(InScope.class)
class SpikingSynapseTest {
    private static final double LAMBDA = 0.3;
    private static final double STEP = 0.05;
    private static final EProp PLAIN = new EProp(Surrogate.TRIANGLE, 1, 1, 1);

    private final Episodes tasks = Sinusoids.of(6, 5).as(DType.FLOAT64).sample(3, new SplittableRandom(2));
    private final Params theta = learner(Optional.of(PLAIN), 4)
            .metaParameters(new SplittableRandom(3))
            .map(t -> t.mul(4));
    private final TaskContext context = TaskContext.training(7);

    private static SpikingSynapse learner(Optional<EProp> rule, int steps) {
        Settling settling = Settling.of(new DescentStage(Sgd.PLAIN, STEP, false, steps));
        LifNetwork standard = LifNetwork.of(20, 6, 1);
        return new SpikingSynapse(
                new PopulationCode(20, 8, -5, 5, 2e-3),
                new LifNetwork(20, 6, 1, standard.alpha(), standard.kappa(), standard.threshold(), Surrogate.TRIANGLE),
                Objective.SQUARED_ERROR,
                new FiringRate(0.1, 0.2),
                rule,
                new Consolidation(true, Consolidation.Strength.FIXED, LAMBDA),
                settling,
                settling,
                DType.FLOAT64);
    }

    private Params stateAwayFromTheCentre(SpikingSynapse learner) {
        Params phi = learner.begin(theta, tasks, context.at(0, false));
        return phi.with(learner.weights(phi).map(t -> t.mul(1.3)));
    }

    private Params withoutRecurrence(Params phi) {
        return phi.with(Params.of("rec", phi.get("rec").mul(0)));
    }

    /** Losses, rates, pull (its factor among them) and nudging: all parts of L + beta F. */
    @Test
    void withoutRecurrentWeightsTheRuleIsTheGradientOfTheNudgedLoss() {
        SpikingSynapse learner = learner(Optional.of(PLAIN), 4);
        Params phi = withoutRecurrence(stateAwayFromTheCentre(learner));
        for (double beta : new double[] {0, 0.5, -0.5}) {
            StepContext at = context.at(2, false);
            Params exact = InnerGradient.of(
                            (th, w) -> learner.innerLoss(th, phi.with(w), tasks, at)
                                    .addScaled(learner.metaLoss(th, phi.with(w), tasks, at), beta),
                            theta,
                            learner.weights(phi),
                            at)
                    .gradient();
            exact.forEach((name, g) -> assertThat(g.abs().sum().item()).as(name).isGreaterThan(1e-3));
            Params rule = learner.localRule().orElseThrow().gradient(theta, phi, tasks, at, beta);
            TestTasks.assertNear(rule, exact, 1e-10);
        }
    }

    /** omega moves by lambda (phi_- - phi_+) / (2 beta), phases that have gone by e-prop. */
    @Test
    void theMetaGradientIsTheContrastOfPhasesOfTheRule() {
        SpikingSynapse learner = learner(Optional.of(PLAIN), 4);
        double beta = 0.5;
        int nudged = 3;
        Params free = TestTasks.adapted(learner, theta, tasks, context);
        Params plus = nudged(learner, free, beta, nudged);
        Params minus = nudged(learner, free, -beta, nudged);
        Params expected =
                minus.sub(plus).mul(LAMBDA / (2 * beta)).map(t -> t.sum(0)).under("omega");
        assertThat(expected.norm()).isGreaterThan(1e-3);
        Nudging plain = Nudging.by(new Nudging.Rule(Sgd.PLAIN, STEP, Schedule.CONSTANT), nudged);
        for (Nudging nudging : List.of(Nudging.own(nudged), plain)) {
            MetaGradient estimator = new Contrastive(Contrast.SYMMETRIC, beta, nudging);
            var estimate = estimator.estimate(learner, theta, tasks, context);
            TestTasks.assertNear(estimate.gradient(), expected, 1e-10);
            // Back-propagation goes elsewhere, so the phases above were e-prop's.
            var other = estimator.estimate(learner(Optional.empty(), 4), theta, tasks, context);
            assertThat(other.gradient().sub(expected).norm()).isGreaterThan(1e-4);
        }
    }

    private Params nudged(SpikingSynapse learner, Params free, double beta, int steps) {
        Params phi = free;
        for (int k = 0; k < steps; k++) {
            Params gradient = learner.localRule().orElseThrow().gradient(theta, phi, tasks, context.at(4, false), beta);
            phi = phi.with(learner.weights(phi).addScaled(gradient, -STEP));
        }
        return learner.weights(phi);
    }

    /** e-prop's steps are made of plain operations, so they can be unrolled; the triangle's slope is piecewise, hence few steps and a smooth point. */
    @Test
    void stepsOfTheRuleCanBeUnrolled() {
        SpikingSynapse learner = learner(Optional.of(PLAIN), 1);
        Params gradient = Unroll.FULL.estimate(learner, theta, tasks, context).gradient();
        Params first =
                Unroll.FIRST_ORDER.estimate(learner, theta, tasks, context).gradient();
        assertThat(gradient.allFinite()).isTrue();
        assertThat(gradient.sub(first).norm()).isGreaterThan(1e-6);
    }

    /** Estimators that differentiate the inner loss would tell another rule's gradient. */
    @Test
    void whatDifferentiatesTheInnerLossServesBackpropagationOnly() {
        for (MetaGradient estimator : List.of(Implicit.T1_T2, new MixedMode(Store.ALL))) {
            assertThat(estimator.misfit(learner(Optional.empty(), 4))).isEmpty();
            assertThat(estimator.misfit(learner(Optional.of(PLAIN), 4)))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("a rule of its own"));
        }
        assertThat(new Contrastive(Contrast.ONE_SIDED, 1, Nudging.own(2)).misfit(learner(Optional.of(PLAIN), 4)))
                .isEmpty();
    }

    @Test
    void allStepsAndPhasesSeeTheSameSpikes() {
        SpikingSynapse learner = learner(Optional.of(PLAIN), 4);
        Params start = learner.begin(theta, tasks, context.at(0, false));
        Params end = TestTasks.adapted(learner, theta, tasks, context);
        for (String name : new String[] {"spikes.support", "spikes.query"}) {
            assertThat(end.get(name).doubles()).isEqualTo(start.get(name).doubles());
            assertThat(start.get(name).sum().item()).isPositive();
        }
        Params other = learner.begin(theta, tasks, TaskContext.training(8).at(0, false));
        assertThat(other.get("spikes.support").doubles())
                .isNotEqualTo(start.get("spikes.support").doubles());
    }

    /** Gaussian tuning: certain at the centre, exp(-1/2) one deviation away, and the frequency of spikes is the probability. */
    @Test
    void thePopulationIsTuned() {
        PopulationCode code = new PopulationCode(11, 4000, -5, 5, 0.01);
        Tensor x = Tensor.of(new double[] {1, -5, 4}, 1, 3, 1);
        double[] p = code.probabilities(x).doubles();
        assertThat(p[6]).isCloseTo(1, within(1e-12));
        assertThat(p[5]).isCloseTo(Math.exp(-0.5), within(1e-12));
        assertThat(p[11]).isCloseTo(1, within(1e-12));
        assertThat(p[2 * 11 + 7]).isCloseTo(Math.exp(-2), within(1e-12));
        double[] frequencies = code.encode(x, new SplittableRandom(1)).mean(1).doubles();
        assertThat(frequencies).containsExactly(p, within(0.04));
    }

    @Test
    void badOptionsAreRefusedInASentence() {
        assertThatThrownBy(() -> SpikingMethods.SPIKING_SYNAPSE.learner(
                        Options.of(Map.of()), Options.of(Map.of()), TaskShape.images(1, 28, 5)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("[1, 28, 28]");
        assertThatThrownBy(() -> SpikingMethods.SPIKING_SYNAPSE.learner(
                        Options.of(Map.of()), Options.of(Map.of("hidden", List.of(8, 8))), TaskShape.regression(1, 1)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("one layer of neurons, not 2");
    }
}
