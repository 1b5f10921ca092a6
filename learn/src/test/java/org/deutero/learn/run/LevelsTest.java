package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.Level;
import org.deutero.learn.capability.LevelledLearner;
import org.deutero.learn.evolution.EvolutionStrategies;
import org.deutero.learn.evolution.PersistentEvolution;
import org.deutero.learn.evolution.Perturbation;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.GradientRule;
import org.deutero.learn.meta.LevelledMetaAlgorithm;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.PerWindow;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Levels are updated one after the other, each on what the one before has left, to the same bits whatever the threads and after a resume. */
class LevelsTest {
    @TempDir
    Path folder;

    /** The learner for sinusoids with a factor on its inputs: level "scale" moves the factor, kept below a bound, under a meta-loss of its own. */
    private record Scaled(Curves curves, double bound, List<Level<Episodes>> more)
            implements LevelledLearner<Episodes> {
        Scaled() {
            this(new Curves(0.1), 1.02, List.of());
        }

        @Override
        public List<Level<Episodes>> levels() {
            List<Level<Episodes>> levels = new ArrayList<>(List.of(
                    new Level<>("weights", this, name -> !name.equals("scale")),
                    new Level<>("scale", new Judged(this), "scale"::equals, 2)));
            levels.addAll(more);
            return levels;
        }

        @Override
        public Params metaParameters(RandomGenerator rng) {
            Params weights = curves.metaParameters(rng);
            return weights.with(
                    Params.of("scale", Tensors.ones(weights.get("l0.bias").dtype(), 1)));
        }

        @Override
        public Params statistics() {
            return curves.statistics();
        }

        @Override
        public Params project(Params theta) {
            return theta.with(Params.of("scale", theta.get("scale").clamp(0, bound)));
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return context.forTasks(theta, tasks.size());
        }

        @Override
        public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
            Params weights = phi.filter(name -> !name.equals("scale"));
            return Step.of(phi.with(
                    curves.step(theta, weights, scaled(phi, tasks), context).state()));
        }

        private static Episodes scaled(Params phi, Episodes tasks) {
            Tensor scale = phi.get("scale").unsqueeze(1);
            return new Episodes(
                    tasks.supportX().mul(scale),
                    tasks.supportY(),
                    tasks.queryX().mul(scale),
                    tasks.queryY(),
                    0);
        }

        @Override
        public int steps(Episodes tasks) {
            return 2;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return curves.metaLoss(theta, phi, scaled(phi, tasks), context);
        }

        @Override
        public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
            return curves.predict(theta, phi, scaled(phi, tasks), context);
        }
    }

    /** The same learner under the meta-loss of the second level. */
    private record Judged(Scaled learner) implements Learner<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return learner.metaParameters(rng);
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return learner.begin(theta, tasks, context);
        }

        @Override
        public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
            return learner.step(theta, phi, tasks, context);
        }

        @Override
        public int steps(Episodes tasks) {
            return learner.steps(tasks);
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            Tensor scale = phi.get("scale").squeeze(1);
            context.report(Params.of("size", scale));
            return learner.metaLoss(theta, phi, tasks, context).addScaled(scale, -20);
        }
    }

    private static MetaAlgorithm<Episodes> algorithm() {
        return new GradientRule(Sweep.ALL).algorithm(new Scaled(), Descent.of(Adam.DEFAULT, 0.01));
    }

    @Test
    void threadsAndResumingDoNotChangeABit() {
        Path one = SameBits.of(LevelsTest::algorithm, folder);
        try (MetaState state =
                Checkpoints.load(one.resolve("00000010.safetensors")).state()) {
            assertThat(state.carry().isEmpty()).isTrue();
            assertThat(state.slots().child("weights").isEmpty()).isFalse();
            assertThat(state.slots().child("scale").isEmpty()).isFalse();
            assertThat(state.theta().get("scale").item()).isLessThanOrEqualTo(1.02f);
        }
    }

    @Test
    void theSecondLevelSeesWhatTheFirstHasLeft() {
        try (Scope s = Scope.open()) {
            var algorithm = new LevelledMetaAlgorithm<>(new Scaled(), Unroll.FULL, Descent.of(Sgd.PLAIN, 1e-4));
            Episodes tasks = Curves.SOURCE.sample(4, new SplittableRandom(1));
            MetaState start = algorithm.init(new SplittableRandom(2));
            MetaAlgorithm.Outcome first = algorithm.update(start, List.of(algorithm.contribute(start, 0, tasks, 5)));
            MetaState between = first.state();
            assertThat(between.iteration()).isZero();
            assertThat(between.theta().get("scale").item()).isEqualTo(1);
            assertThat(between.theta()
                            .get("l0.weight")
                            .sub(start.theta().get("l0.weight"))
                            .abs()
                            .sum()
                            .item())
                    .isPositive();

            Contribution second = algorithm.contribute(between, 0, tasks, 5);
            MetaAlgorithm.Outcome outcome = algorithm.update(between, List.of(second));
            MetaState end = outcome.state();
            assertThat(end.iteration()).isEqualTo(1);
            for (String name : List.of("l0.weight", "l1.bias")) {
                assertThat(end.theta().get(name).floats())
                        .containsExactly(between.theta().get(name).floats());
            }
            // The gradient of the judged loss at the new weights, twice as fast as the first level.
            Params whole = Unroll.FULL
                    .estimate(
                            new Judged(new Scaled()),
                            between.theta(),
                            tasks,
                            TaskContext.training(5, 0, Params.EMPTY, o -> {}))
                    .gradient();
            assertThat(second.values().child("gradient").names()).containsExactly("scale");
            assertThat(second.values().get("gradient.scale").floats())
                    .containsExactly(whole.get("scale").floats());
            double moved = 1 - 2e-4 * whole.get("scale").item() / 4;
            assertThat(end.theta().get("scale").item()).isCloseTo(moved, within(1e-6));
            assertThat(first.then(outcome).loss()).isEqualTo(first.loss());
            assertThat(outcome.diagnostics()).containsKeys("size", "scale-loss", "scale-gradient-norm");
            // What the first level observed counts once.
            assertThat(end.statistics().get("mean").floats())
                    .containsExactly(between.statistics().get("mean").floats());
            assertThat(between.statistics().get("mean").floats()[0])
                    .isNotEqualTo(start.statistics().get("mean").floats()[0]);
        }
    }

    /** Each task under a theta of its own: the constant part must follow. */
    @Test
    void evolutionServesLevels() {
        try (Scope s = Scope.open()) {
            var algorithm = new LevelledMetaAlgorithm<>(
                    new Scaled(), new EvolutionStrategies(2, 0.01), Descent.of(Sgd.PLAIN, 1e-4));
            MetaState start = algorithm.init(new SplittableRandom(2));
            Episodes tasks = Curves.SOURCE.sample(4, new SplittableRandom(1));
            MetaState between = algorithm
                    .update(start, List.of(algorithm.contribute(start, 0, tasks, 5)))
                    .state();
            Contribution second = algorithm.contribute(between, 0, tasks, 5);
            assertThat(second.values().get("gradient.scale").shape()).containsExactly(1);
            assertThat(second.values().allFinite()).isTrue();
        }
    }

    @Test
    void everyMetaParameterNeedsOneLevel() {
        Level<Episodes> again = new Level<>("again", new Curves(0), "l0.bias"::equals);
        var algorithm = new LevelledMetaAlgorithm<>(
                new Scaled(new Curves(0), 2, List.of(again)), Unroll.FULL, Descent.of(Sgd.PLAIN, 1));
        assertThatThrownBy(() -> algorithm.init(new SplittableRandom(1)))
                .isInstanceOf(OptionsException.class)
                .hasMessage("meta-parameter l0.bias is moved by 2 levels of its learner, expected one");
    }

    @Test
    void windowsAreRefused() {
        PerWindow online = new PerWindow(new PersistentEvolution(1, Perturbation.of(2, 0.01)));
        assertThat(online.misfit(new Scaled()).orElseThrow()).contains("level by level");
    }
}
