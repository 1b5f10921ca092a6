package org.deutero.methods.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.ProblemLearner;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.GradientMetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.InScope;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.training.Bowls;
import org.deutero.tasks.training.Quadratics;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Plain optimisers on problems, and their choice of a rate. */
@ExtendWith(InScope.class)
class ProblemTrainingTest {
    /** One dimension, w = 1, y = 1: the error shrinks by 1 - 2 rate in each step. */
    private static Problems bowl(int steps) {
        return new Problems(
                new Bowls(Tensor.of(new double[] {1}, 1, 1, 1), Tensor.of(new double[] {1}, 1, 1), 1, 0),
                new long[] {3},
                steps);
    }

    private static double end(ProblemTraining learner, TaskContext context, int steps) {
        Problems problem = bowl(steps);
        Params phi = new Lifetime<>(learner, Params.EMPTY, problem, context)
                .run(Trace.NONE)
                .state();
        return ProblemLearner.trained(phi).get("x").item();
    }

    @Test
    void aGivenRateIsWhatStepsAreTakenWith() {
        ProblemTraining learner = new ProblemTraining(Sgd.PLAIN, List.of(0.2), false);
        assertThat(end(learner, TaskContext.training(1), 4)).isCloseTo(1 - Math.pow(0.6, 4), within(1e-14));
        assertThat(learner.statistics().isEmpty()).isTrue();
    }

    /** 0.45 is best, 2 diverges beyond all numbers, and in use the best is taken. */
    @Test
    void theBestOfSeveralRatesIsUsed() {
        for (boolean atEnd : new boolean[] {false, true}) {
            ProblemTraining learner = new ProblemTraining(Sgd.PLAIN, List.of(2.0, 0.01, 0.45, 0.1), atEnd);
            var algorithm = new GradientMetaAlgorithm<>(learner, Unroll.FULL, Descent.of(Adam.DEFAULT, 0.1));
            MetaState state = algorithm.init(new SplittableRandom(1));
            for (int i = 0; i < 4; i++) {
                state = algorithm
                        .update(state, List.of(algorithm.contribute(state, bowl(400), i)))
                        .state();
            }
            assertThat(state.statistics().get("counts").doubles())
                    .containsExactly(new double[] {1, 1, 1, 1}, within(1e-6));
            TaskContext use = TaskContext.evaluation(1, state.statistics());
            assertThat(learner.rate(use.at(0, false))).isEqualTo(0.45);
            assertThat(end(learner, use, 2)).isCloseTo(1 - 0.01, within(1e-14));
        }
    }

    /** Rates are tried in turn by all tasks of an iteration, which is all that differs between iterations. */
    @Test
    void ratesAreTriedInTurn() {
        ProblemTraining learner = new ProblemTraining(Sgd.PLAIN, List.of(0.1, 0.2), true);
        for (int i = 0; i < 4; i++) {
            TaskContext context = TaskContext.training(1, i, learner.statistics(), observed -> {});
            assertThat(learner.rate(context.at(0, false))).isEqualTo(i % 2 == 0 ? 0.1 : 0.2);
        }
        Problems two = new Quadratics(2, 2, 3).sample(2, new SplittableRandom(1));
        List<double[]> seen = new ArrayList<>();
        TaskContext context = TaskContext.training(
                1,
                1,
                learner.statistics(),
                observed -> seen.add(observed.get("counts").reshape(-1).doubles()));
        new Lifetime<>(learner, Params.EMPTY, two, context).run(Trace.NONE);
        assertThat(seen).hasSize(1);
        // A tenth of this moves the running average: it is a count.
        assertThat(seen.get(0)).containsExactly(new double[] {0, 10, 0, 10}, within(1e-5));
    }

    @Test
    void ratesOfZeroAreRefused() {
        assertThatThrownBy(() -> new ProblemTraining(Sgd.PLAIN, List.of(0.1, 0.0), false))
                .hasMessage("an optimiser needs positive rates, not [0.1, 0.0]");
    }
}
