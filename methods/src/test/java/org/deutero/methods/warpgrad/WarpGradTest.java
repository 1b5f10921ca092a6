package org.deutero.methods.warpgrad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.LeapDirection;
import org.deutero.learn.gradient.LookAhead;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.Replay;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.methods.reptile.MiniBatches;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.images.AffineAugmentation;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.BlockNetwork;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.nn.Warp;
import org.deutero.tensor.nn.WarpedNetwork;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What WarpGrad and Leap promise. */
@ExtendWith(InScope.class)
class WarpGradTest {
    private static final Warp BENT =
            new Warp(1, 0, true, false, false, Optional.of(Activation.TANH), Warp.Start.RANDOM);
    private static final LookAhead AHEAD = new LookAhead(true, LookAhead.Judge.SUPPORT, Optional.empty());

    private static WarpedNetwork warped(BlockNetwork plain) {
        return new WarpedNetwork(plain, BENT, true);
    }

    private static WarpGrad learner(Network network, Objective objective, int steps, MiniBatches batches) {
        return new WarpGrad(
                network,
                objective,
                WarpGrad.Start.LEARNED,
                new InnerDescent(0.1, 0.5, true),
                steps,
                steps,
                batches,
                WarpGrad.Statistics.RUNNING,
                DType.FLOAT64);
    }

    private static WarpGrad images(int steps) {
        return learner(warped(TestTasks.convNet(3)), Objective.CROSS_ENTROPY, steps, MiniBatches.ofSupport(4));
    }

    private static Episodes turned() {
        Episodes plain = TestTasks.images(2);
        return new Episodes(
                plain.supportX(),
                plain.supportY(),
                plain.queryX(),
                plain.queryY(),
                3,
                new AffineAugmentation(30, 0.2, 0.1));
    }

    private static Lifetime<Episodes> life(WarpGrad learner, Episodes tasks) {
        return new Lifetime<>(learner, learner.metaParameters(new SplittableRandom(3)), tasks, TaskContext.training(5));
    }

    /** With momentum and a rate of each tensor's own, through augmentation and batch normalisation. */
    @Test
    void theGradientOneStepAheadIsThatOfTheObjective() {
        Lifetime<Episodes> lifetime = life(images(3), turned());
        Params phi = lifetime.step(lifetime.begin(false), 0, false).state();
        for (LookAhead.Judge judge : LookAhead.Judge.values()) {
            LookAhead ahead = new LookAhead(true, judge, Optional.empty());
            Params gradient = ahead.at(lifetime, phi, 1).gradient();
            assertThat(gradient.names()).contains("warp.0.0.map.weight", "rate.conv0.weight", "momentum.head.bias");
            assertThat(gradient.names()).doesNotContain("conv0.weight");
            SplittableRandom rng = new SplittableRandom(8);
            Params direction = gradient.map(g -> Tensors.normal(rng, DType.FLOAT64, g.shape()));
            double h = 1e-5;
            double plus = losses(ahead, lifetime, phi, direction, h);
            double minus = losses(ahead, lifetime, phi, direction, -h);
            double slope = gradient.dot(direction).item();
            assertThat((plus - minus) / (2 * h)).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
        }
    }

    private static double losses(LookAhead ahead, Lifetime<Episodes> lifetime, Params phi, Params direction, double h) {
        Params moved = lifetime.theta().filter(direction::has).addScaled(direction, h);
        return ahead.at(lifetime.under(lifetime.theta().with(moved)), phi, 1)
                .losses()
                .sum()
                .item();
    }

    /** Descent on phi is, to first order in the rate, descent on what the warps make of phi under the metric of their Jacobian: half the rate, a quarter of the defect. */
    @Test
    void halfTheRateIsAQuarterOfTheDefect() {
        Mlp plain = new Mlp(List.of(3, 5, 2), Activation.TANH, Initializer.FAN_IN_UNIFORM);
        WarpedNetwork network = warped(plain);
        Params all = network.init(new SplittableRandom(2), DType.FLOAT64);
        Params phi = all.filter(name -> name.startsWith("l0."));
        SplittableRandom rng = new SplittableRandom(4);
        Tensor x = Tensors.normal(rng, DType.FLOAT64, 1, 6, 3);
        Tensor y = Tensors.normal(rng, DType.FLOAT64, 1, 6, 2);
        Function<Params, Params> bent =
                p -> Params.of("gamma", network.features(all.with(p), x, Normalization.batch()));
        Function<Params, Tensor> loss = gamma -> Objective.SQUARED_ERROR
                .losses(network.head(all, gamma.get("gamma")), y)
                .sum();
        Params gamma = bent.apply(phi).detach().leaf();
        Params slope = Autograd.gradient(loss.apply(gamma), gamma, false);
        Params at = phi.leaf();
        Params descent = Autograd.vjp(bent.apply(at), slope, at, false);
        Params riemannian = Autograd.jvp(bent, phi, descent);
        double whole = defect(bent, loss, phi, descent, gamma, riemannian, 0.02);
        double half = defect(bent, loss, phi, descent, gamma, riemannian, 0.01);
        assertThat(Math.abs(whole)).isGreaterThan(1e-8);
        assertThat(whole / half).isCloseTo(4, within(0.15));
    }

    private static double defect(
            Function<Params, Params> bent,
            Function<Params, Tensor> loss,
            Params phi,
            Params descent,
            Params gamma,
            Params riemannian,
            double rate) {
        double stepped = loss.apply(bent.apply(phi.addScaled(descent, -rate))).item();
        return stepped - loss.apply(gamma.detach().addScaled(riemannian, -rate)).item();
    }

    /** Objects of a step ahead are the same however many steps there are; of stored points, as many as are kept. */
    @Test
    void memoryDoesNotGrowWithTheNumberOfSteps() {
        List<Function<Lifetime<Episodes>, Tensor>> works = List.of(
                lifetime -> AHEAD.estimate(lifetime).losses(),
                lifetime -> AHEAD.trail(lifetime, 3).steps());
        for (Function<Lifetime<Episodes>, Tensor> work : works) {
            // A state has eight tensors with its slots, so a step that is kept would show; what the collector has not
            // got round to yet may be a few.
            assertThat(peak(46, work)).isLessThan(peak(6, work) + 40);
        }
    }

    private static long peak(int steps, Function<Lifetime<Episodes>, Tensor> work) {
        long[] most = new long[1];
        long before = Pointer.totalCount();
        MiniBatches rows = MiniBatches.ofSupport(3);
        WarpGrad learner = learner(
                warped(new Mlp(List.of(2, 4, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM)),
                Objective.SQUARED_ERROR,
                steps,
                (tasks, context) -> {
                    most[0] = Math.max(most[0], Pointer.totalCount() - before);
                    return rows.rows(tasks, context);
                });
        work.apply(life(learner, TestTasks.regression()));
        return most[0];
    }

    @Test
    void leapByItsEquations() {
        WarpGrad learner = learner(
                new Mlp(List.of(2, 4, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM),
                Objective.SQUARED_ERROR,
                4,
                MiniBatches.ofSupport(2));
        Lifetime<Episodes> lifetime = life(learner, TestTasks.regression());
        boolean rises = false;
        for (LeapDirection leap : List.of(
                LeapDirection.FULL, new LeapDirection(true, false, true), new LeapDirection(true, true, false))) {
            Params found = leap.estimate(lifetime).gradient();
            for (String name : List.of("l0.weight", "l1.bias")) {
                Tensor expected = Tensors.zerosLike(lifetime.theta().get(name));
                Params phi = lifetime.begin(false);
                for (int i = 0; i < (leap.lastSegment() ? 4 : 3); i++) {
                    Params next = lifetime.step(phi, i, false).state();
                    InnerGradient here = gradient(learner, lifetime, phi, i);
                    double[] now = here.losses().doubles();
                    double[] then =
                            gradient(learner, lifetime, next, i + 1).losses().doubles();
                    for (int task = 0; task < 3; task++) {
                        double d = then[task] - now[task];
                        rises |= d > 0;
                        double dl = leap.stabilised() && d > 0 ? -d : d;
                        Params way = learner.weights(phi.task(task)).sub(learner.weights(next.task(task)));
                        double length = Math.sqrt(dl * dl + Math.pow(way.norm(), 2)) + 1e-9;
                        expected = expected.add(way.get(name)
                                .addScaled(here.gradient().get(name).select(0, task), -dl)
                                .div(length));
                    }
                    phi = next;
                }
                assertThat(found.get(name).sub(expected).abs().sum().item()).isLessThan(1e-12);
            }
            assertThat(found.get("rate.l0.weight").item()).isZero();
        }
        assertThat(rises).as("losses of mini-batches rise now and then").isTrue();
    }

    private static InnerGradient gradient(WarpGrad learner, Lifetime<Episodes> lifetime, Params phi, int step) {
        return InnerGradient.of(
                (theta, w) -> learner.innerLoss(
                        theta, phi.with(w), lifetime.tasks(), lifetime.context().at(step, false)),
                lifetime.theta(),
                learner.weights(phi),
                lifetime.context().at(step, false));
    }

    /** Statistics are averages of the task's own mini-batches, so queries do not see each other. */
    @Test
    void queriesAreAnsweredByThemselves() {
        Lifetime<Episodes> lifetime = life(images(3), turned());
        Params phi = lifetime.begin(false);
        assertThat(phi.get("moments.norm0.variance").doubles()).containsOnly(1);
        for (int t = 0; t < 3; t++) {
            phi = lifetime.step(phi, t, false).state();
        }
        assertThat(phi.get("moments.norm0.variance").doubles()).doesNotContain(1);
        Tensor all = lifetime.predict(phi, 3);
        Episodes one = TestTasks.query(lifetime.tasks(), 2);
        Tensor alone = new Lifetime<>(lifetime.learner(), lifetime.theta(), one, lifetime.context()).predict(phi, 3);
        assertThat(alone.sub(all.slice(1, 2, 3)).abs().sum().item()).isLessThan(1e-12);
        // The same answers from what is kept of a task.
        WarpGrad learner = images(3);
        Episodes first = lifetime.tasks().slice(0, 1);
        Params solution = learner.solution(
                lifetime.theta(),
                phi.map(t -> t.slice(0, 0, 1)),
                first,
                lifetime.context().at(3, false));
        assertThat(learner.answer(solution, first.queryX().select(0, 0))
                        .sub(all.select(0, 0))
                        .abs()
                        .sum()
                        .item())
                .isLessThan(1e-12);
    }

    @Test
    void augmentationIsFixedBySeedAndStep() {
        Lifetime<Episodes> lifetime = life(images(3), turned());
        WarpGrad learner = images(3);
        Params phi = lifetime.begin(false);
        double[] once = loss(learner, lifetime, phi, 1);
        assertThat(loss(learner, lifetime, phi, 1)).containsExactly(once);
        Lifetime<Episodes> upright = life(learner, TestTasks.images(2));
        assertThat(loss(learner, upright, phi, 1)).isNotEqualTo(once);
        assertThat(loss(learner, lifetime.in(TaskContext.training(6)), phi, 1)).isNotEqualTo(once);
    }

    private static double[] loss(WarpGrad learner, Lifetime<Episodes> lifetime, Params phi, int step) {
        return learner.innerLoss(
                        lifetime.theta(),
                        phi,
                        lifetime.tasks(),
                        lifetime.context().at(step, false))
                .doubles();
    }

    @Test
    void ratesBelowZeroCountAsAMillionth() {
        WarpGrad learner = images(1);
        Params theta = learner.metaParameters(new SplittableRandom(1));
        Params below =
                theta.with(Params.of("rate.conv0.weight", Tensor.scalar(-0.3).to(DType.FLOAT64)));
        assertThat(learner.stepSizes(below).get("conv0.weight").item()).isEqualTo(1e-6);
        assertThat(learner.project(below).get("rate.conv0.weight").item()).isEqualTo(1e-6);
        assertThat(learner.project(below).get("rate.head.bias").item()).isEqualTo(0.1);
    }

    @Test
    void freshStartsAreEachTasksOwn() {
        WarpGrad learned = images(1);
        WarpGrad fresh = new WarpGrad(
                learned.network(),
                learned.objective(),
                WarpGrad.Start.FRESH,
                learned.descent(),
                1,
                1,
                learned.batches(),
                WarpGrad.Statistics.BATCH,
                DType.FLOAT64);
        Lifetime<Episodes> lifetime = life(fresh, turned());
        assertThat(lifetime.theta().names()).doesNotContain("conv0.weight").contains("warp.0.0.map.weight");
        Tensor start = lifetime.begin(false).get("conv0.weight");
        assertThat(start.select(0, 0).doubles()).isNotEqualTo(start.select(0, 1).doubles());
        assertThat(lifetime.begin(false).get("conv0.weight").doubles()).containsExactly(start.doubles());
        assertThat(AHEAD.estimate(lifetime).gradient().allFinite()).isTrue();

        // From stored points, too, where no start is left to follow the lifetimes.
        MetaAlgorithm<Episodes> replay = new Replay(AHEAD, 1, 1, 1).algorithm(fresh, Descent.of(Sgd.PLAIN, 0.1));
        MetaState before = replay.init(new SplittableRandom(3));
        MetaState state = before;
        while (state.iteration() == 0) {
            state = replay.update(state, List.of(replay.contribute(state, turned(), 5)))
                    .state();
        }
        assertThat(state.theta().names()).isEqualTo(before.theta().names());
        assertThat(state.theta().sub(before.theta()).norm()).isPositive().isFinite();
    }
}
