package org.deutero.methods.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.GradientMetaAlgorithm;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.NonFiniteException;
import org.deutero.learn.meta.RunningStatistics;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.learn.reinforcement.ProximalAlgorithm;
import org.deutero.learn.reinforcement.ProximalUpdates;
import org.deutero.learn.reinforcement.TrustRegion;
import org.deutero.learn.reinforcement.TrustRegionAlgorithm;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Trainer;
import org.deutero.methods.InScope;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trust-region and proximal steps through inner updates. */
@ExtendWith(InScope.class)
class OuterLoopTest {
    private static final TrustRegion EXACT = new TrustRegion(0.01, 60, 0, 15, 0.8);

    private static PolicyMaml learner(Estimator estimator) {
        PolicyNetwork policy = new PolicyNetwork(
                new Mlp(List.of(1, 3, 1), Activation.TANH, Initializer.XAVIER_UNIFORM),
                Decision.box().actions(),
                -0.5,
                DType.FLOAT64);
        Judge judge = new Judge(new Advantages(0.99, 1), Optional.of(new TimePolynomial(1e-5)), true);
        return new PolicyMaml(policy, judge, estimator, new Practice(1, 10, 0.3, 3, 5, 0.1));
    }

    private static MetaState rounds(MetaAlgorithm<Worlds> algorithm, MetaState state, Worlds tasks, String until) {
        MetaState now = state;
        while (!now.carry().has(until)) {
            now = algorithm
                    .update(now, List.of(algorithm.contribute(now, tasks, 5)))
                    .state();
        }
        return now;
    }

    @Test
    void theFirstStepIsTheNaturalGradientThroughInnerUpdates() {
        PolicyMaml learner = learner(Estimator.SURROGATE);
        TrustRegionAlgorithm algorithm = new TrustRegionAlgorithm(learner, EXACT);
        MetaState start = algorithm.init(new SplittableRandom(2));
        Worlds tasks = Decision.worlds(4, 10);
        MetaState first = algorithm
                .update(start, List.of(algorithm.contribute(start, tasks, 5)))
                .state();
        Params gradient = first.carry().child("gradient");
        Params experience = first.carry().child("experience").child("0");
        Params step = rounds(algorithm, start, tasks, "tried").carry().child("step");

        // The Hessian of the divergence, by reverse over reverse over the inner gradient.
        StepContext context = TaskContext.training(5).at(0, true);
        Params curved = Autograd.hessianVector(
                theta -> learner.divergence(learner.relive(theta, experience, tasks, context), experience)
                        .mean(),
                start.theta(),
                step);

        double length = curved.dot(gradient).item() / gradient.dot(gradient).item();
        assertThat(length).isPositive();
        assertThat(curved.sub(gradient.mul(length)).norm() / curved.norm()).isLessThan(1e-5);
        assertThat(step.dot(curved).item() / 2).isCloseTo(0.01, within(1e-6));
    }

    @Test
    void aProximalStepIsOneAlongTheUnrolledGradient() {
        for (Estimator estimator : Estimator.values()) {
            PolicyMaml learner = learner(estimator);
            Descent descent = Descent.of(Sgd.PLAIN, 0.1);
            MetaAlgorithm<Worlds> unrolled = new GradientMetaAlgorithm<>(learner, Unroll.FULL, descent);
            MetaAlgorithm<Worlds> proximal = new ProximalAlgorithm(learner, new ProximalUpdates(0.2, 1), descent);
            Worlds tasks = Decision.worlds(4, 10);
            MetaState start = unrolled.init(new SplittableRandom(2));
            MetaAlgorithm.Outcome a = unrolled.update(start, List.of(unrolled.contribute(start, tasks, 5)));
            MetaAlgorithm.Outcome b = proximal.update(start, List.of(proximal.contribute(start, tasks, 5)));
            assertThat(a.gradientNorm()).isGreaterThan(1e-3);
            assertThat(b.loss()).isCloseTo(a.loss(), within(1e-12));
            assertThat(b.state().theta().sub(a.state().theta()).norm()).isLessThan(1e-12);
            assertThat(b.state().carry().isEmpty()).isTrue();
        }
    }

    @Test
    void clippedRatiosDoNotPullAnyFarther() {
        PolicyMaml learner = learner(Estimator.SURROGATE);
        Worlds tasks = Decision.worlds(2, 10);
        Params theta = learner.metaParameters(new SplittableRandom(2));
        StepContext context = TaskContext.training(5).at(0, false);
        Params experience = learner.experience(theta, tasks, context);
        Params moved = theta.with(Params.of("log-std", theta.get("log-std").add(2)));
        Params relived = learner.relive(moved, experience, tasks, context);
        double free = learner.surrogate(relived, experience, 0).sum().item();
        double clipped = learner.surrogate(relived, experience, 0.2).sum().item();
        assertThat(clipped).isGreaterThan(free);
        Params same = learner.relive(theta, experience, tasks, context);
        assertThat(learner.divergence(same, experience).sum().item()).isCloseTo(0, within(1e-12));
        assertThat(learner.divergence(relived, experience).sum().item()).isGreaterThan(0.1);
    }

    // ---- what is not a number
    // --------------------------------------------------------------------------------------------------------

    /** A policy that observes how often episodes are learned from, and puts out no numbers whenever it is told to. */
    private static AdaptivePolicy watched(PolicyMaml policy, IntPredicate broken) {
        int[] relived = new int[1];
        return (AdaptivePolicy) Proxy.newProxyInstance(
                OuterLoopTest.class.getClassLoader(), new Class<?>[] {AdaptivePolicy.class}, (proxy, method, args) -> {
                    if (method.getName().equals("statistics")) {
                        return Params.of("seen", Tensors.zeros(DType.FLOAT64, 1));
                    }
                    Object result = method.invoke(policy, args);
                    if (!method.getName().equals("relive")) {
                        return result;
                    }
                    int tasks = ((Worlds) args[2]).size();
                    ((StepContext) args[3]).observe(Params.of("seen", Tensors.ones(DType.FLOAT64, tasks, 1)));
                    double factor = broken.test(relived[0]++) ? Double.NaN : 1;
                    return ((Params) result).map(t -> t.mul(factor));
                });
    }

    /** An iteration of one shard: the diagnostics of all rounds. */
    private static MetaAlgorithm.Outcome iteration(MetaAlgorithm<Worlds> algorithm, MetaState start) {
        Worlds tasks = Decision.worlds(4, 10);
        MetaAlgorithm.Outcome now = algorithm.update(start, List.of(algorithm.contribute(start, tasks, 5)));
        while (now.state().iteration() == start.iteration()) {
            now = now.then(algorithm.update(now.state(), List.of(algorithm.contribute(now.state(), tasks, 5))));
        }
        return now;
    }

    private static MetaAlgorithm.Outcome trustRegion(IntPredicate broken) {
        AdaptivePolicy policy = watched(learner(Estimator.SURROGATE), broken);
        TrustRegionAlgorithm algorithm = new TrustRegionAlgorithm(policy, new TrustRegion(0.01, 3, 1e-5, 4, 0.8));
        return iteration(algorithm, algorithm.init(new SplittableRandom(2)));
    }

    /** The first learning is for the gradient, two more are for each of three products of the curvature, and the rest for steps that are tried. */
    @Test
    void whatIsNoNumberMovesNoParameter() {
        Params theta = learner(Estimator.SURROGATE).metaParameters(new SplittableRandom(2));
        MetaAlgorithm.Outcome sound = trustRegion(n -> false);
        assertThat(sound.diagnostics())
                .containsEntry("diverged", 0.0)
                .containsEntry("backtracks", 0.0)
                .containsEntry("negative-curvature", 0.0);
        assertThat(sound.state().theta().sub(theta).norm()).isPositive();

        MetaAlgorithm.Outcome noCurvature = trustRegion(n -> n == 1 || n == 2);
        assertThat(noCurvature.diagnostics()).containsEntry("diverged", 1.0).containsEntry("negative-curvature", 1.0);
        assertThat(noCurvature.state().theta().sub(theta).norm()).isZero();

        MetaAlgorithm.Outcome halfSolved = trustRegion(n -> n == 5);
        assertThat(halfSolved.diagnostics()).containsEntry("diverged", 1.0).containsKey("residual");
        assertThat(halfSolved.state().theta().allFinite()).isTrue();

        MetaAlgorithm.Outcome shorter = trustRegion(n -> n == 7);
        assertThat(shorter.diagnostics()).containsEntry("diverged", 1.0).containsEntry("backtracks", 1.0);
        assertThat(shorter.state().theta().sub(theta).norm()
                        / sound.state().theta().sub(theta).norm())
                .isCloseTo(0.8, within(1e-9));

        MetaAlgorithm.Outcome none = trustRegion(n -> n >= 7);
        assertThat(none.diagnostics()).containsEntry("diverged", 1.0).containsEntry("backtracks", 4.0);
        assertThat(none.state().theta().sub(theta).norm()).isZero();
        assertThat(none.state().carry().isEmpty()).isTrue();
    }

    @Test
    void proximalTrainingEndsBeforeAStepThatIsNoNumber() {
        AdaptivePolicy policy = watched(learner(Estimator.SURROGATE), n -> n == 2);
        MetaAlgorithm<Worlds> algorithm =
                new ProximalAlgorithm(policy, new ProximalUpdates(0.2, 4), Descent.of(Sgd.PLAIN, 0.1));
        MetaState start = algorithm.init(new SplittableRandom(2));
        assertThatThrownBy(() -> iteration(algorithm, start)).isInstanceOf(NonFiniteException.class);
    }

    /** Rounds that see the same episodes again count them once. */
    @Test
    void statisticsFollowTheFirstRound() {
        AdaptivePolicy policy = watched(learner(Estimator.SURROGATE), n -> false);
        MetaState proximal = iteration(
                        new ProximalAlgorithm(policy, new ProximalUpdates(0.2, 4), Descent.of(Sgd.PLAIN, 0.1)),
                        new ProximalAlgorithm(policy, new ProximalUpdates(0.2, 4), Descent.of(Sgd.PLAIN, 0.1))
                                .init(new SplittableRandom(2)))
                .state();
        MetaState region = trustRegion(n -> false).state();
        Params once = RunningStatistics.after(
                Params.of("seen", Tensors.zeros(DType.FLOAT64, 1)), Params.of("seen", Tensors.ones(DType.FLOAT64, 1)));
        assertThat(proximal.statistics().get("seen").doubles())
                .containsExactly(once.get("seen").doubles());
        assertThat(region.statistics().get("seen").doubles())
                .containsExactly(once.get("seen").doubles());
    }

    @Test
    void trainingRaisesReturnsAndLeavesTheSameBitsWhateverTheThreads() {
        TrustRegionAlgorithm algorithm =
                new TrustRegionAlgorithm(learner(Estimator.SURROGATE), new TrustRegion(0.05, 5, 1e-5, 15, 0.8));
        Params one = trained(algorithm, 1);
        Params three = trained(algorithm, 3);
        one.zip(three, (a, b) -> {
            assertThat(b.doubles()).containsExactly(a.doubles());
            return a;
        });
        Worlds tasks = Decision.worlds(10, 10);
        Params fresh = algorithm.policy().metaParameters(new SplittableRandom(1));
        assertThat(afterUpdates(algorithm, one, tasks)).isGreaterThan(afterUpdates(algorithm, fresh, tasks) + 1);
    }

    private static double afterUpdates(TrustRegionAlgorithm algorithm, Params theta, Worlds tasks) {
        StepContext context = TaskContext.training(3).at(0, false);
        PolicyMaml learner = (PolicyMaml) algorithm.policy();
        return -learner.losses(learner.experience(theta, tasks, context)).mean().item();
    }

    private static Params trained(TrustRegionAlgorithm algorithm, int threads) {
        Plan plan = new Plan(8, 6, 2, threads, 1, 0, 0, 0);
        try (Scope s = Scope.open()) {
            MetaState end = Trainer.builder(algorithm, Decision.source(10), plan)
                    .build()
                    .train();
            Params theta = s.keep(end.theta().copy());
            end.close();
            return theta;
        }
    }

    @Test
    void laterUpdatesOfUseGoLessFarAndEpisodesAreThoseThatAreMeasured() {
        PolicyMaml learner = learner(Estimator.SURROGATE);
        Worlds tasks = Decision.worlds(3, 7);
        Params theta = learner.metaParameters(new SplittableRandom(2));
        TaskContext use = TaskContext.evaluation(4, Params.EMPTY);
        Params phi = learner.begin(theta, tasks, use.at(0, false));
        Tensor returns = learner.returns(theta, phi, tasks, use.at(0, false));
        assertThat(returns.shape()).containsExactly(3, 5);
        assertThat(learner.returns(theta, phi, tasks, use.at(0, false)).doubles())
                .containsExactly(returns.doubles());
        assertThat(learner.returns(theta, phi, tasks, use.at(1, false)).doubles())
                .isNotEqualTo(returns.doubles());
        assertThat(learner.practice().rate(false, 0)).isEqualTo(0.3);
        assertThat(learner.practice().rate(false, 1)).isEqualTo(0.1);
        assertThat(learner.practice().rate(true, 1)).isEqualTo(0.3);
        Params next = learner.step(theta, phi, tasks, use.at(0, false)).state();
        assertThat(next.sub(phi).norm()).isGreaterThan(1e-3);
    }

    @Test
    void whatWasMetIsOfTheShapesThatAreTold() {
        PolicyMaml learner = learner(Estimator.E_MAML);
        Worlds tasks = Decision.worlds(3, 7);
        Params theta = learner.metaParameters(new SplittableRandom(2));
        StepContext context = TaskContext.training(5).at(0, false);
        Params experience = learner.experience(theta, tasks, context);
        assertThat(experience.get("last.seen").shape()).containsExactly(3, 10 * Decision.STEPS, 1);
        assertThat(learner.losses(experience).shape()).containsExactly(3);
        Params relived = learner.relive(theta, experience, tasks, context);
        assertThat(learner.surrogate(relived, experience, 0).shape()).containsExactly(3);
        assertThat(learner.predict(theta, learner.begin(theta, tasks, context), tasks, context)
                        .shape())
                .containsExactly(3, 10, 1);
        try (Contribution c = new TrustRegionAlgorithm(learner, EXACT)
                .contribute(new MetaState(0, theta, Params.EMPTY, Params.EMPTY), tasks, 5)) {
            assertThat(c.tasks()).isEqualTo(3);
        }
    }
}
