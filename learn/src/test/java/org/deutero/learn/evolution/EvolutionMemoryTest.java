package org.deutero.learn.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.Pointer;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** How many native objects estimators by perturbation and by windows hold: no more for a longer lifetime, and none when they are done. */
class EvolutionMemoryTest {
    private static final Perturbation NOISE = Perturbation.of(3, 0.1);
    private static final List<MetaGradient> ALL = List.of(
            new EvolutionStrategies(NOISE, true),
            new EvolutionStrategies(NOISE, false),
            new PersistentEvolution(4, NOISE),
            new TruncatedEvolution(4, NOISE),
            new TruncatedBackpropagation(4));

    private static final class Measured implements Learner<Copies> {
        private final InfluenceBalancing learner;
        private long peak;

        Measured(int steps) {
            this.learner = new InfluenceBalancing(steps);
        }

        @Override
        public Params metaParameters(RandomGenerator rng) {
            return learner.metaParameters(rng);
        }

        @Override
        public Params begin(Params theta, Copies tasks, StepContext context) {
            return learner.begin(theta, tasks, context);
        }

        @Override
        public Step step(Params theta, Params phi, Copies tasks, StepContext context) {
            Step step = learner.step(theta, phi, tasks, context);
            peak = Math.max(peak, Pointer.totalCount());
            return step;
        }

        @Override
        public int steps(Copies tasks) {
            return learner.steps();
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Copies tasks, StepContext context) {
            return learner.metaLoss(theta, phi, tasks, context);
        }
    }

    private static long peak(MetaGradient estimator, int steps) {
        try (Scope s = Scope.open()) {
            Params theta = s.hold(InfluenceBalancing.theta(0.5));
            long before = Pointer.totalCount();
            Measured learner = new Measured(steps);
            estimator.estimate(learner, theta, new Copies(2), TaskContext.training(1));
            assertThat(Pointer.totalCount() - before).as(estimator.name()).isLessThanOrEqualTo(theta.size() + 1);
            return learner.peak - before;
        }
    }

    @Test
    void longerLifetimesTakeNoMore() {
        for (MetaGradient e : ALL) {
            peak(e, 16);
            assertThat(peak(e, 64)).as(e.name()).isEqualTo(peak(e, 16));
        }
    }

    @Test
    void windowsOfAGraphTakeMoreTheLongerTheyAre() {
        peak(new TruncatedBackpropagation(4), 64);
        assertThat(peak(new TruncatedBackpropagation(16), 64)).isGreaterThan(peak(new TruncatedBackpropagation(4), 64));
        assertThat(peak(new PersistentEvolution(16, NOISE), 64)).isEqualTo(peak(new PersistentEvolution(4, NOISE), 64));
    }
}
