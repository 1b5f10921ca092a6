package org.deutero.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.options.OptionsException;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.training.Quadratics;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

/** What a recipe can ask for and cannot have is told in a sentence about the recipe. */
@SuppressWarnings("try") // scopes are opened for their effect
class RefusedMeasuresTest {
    @Test
    void measuresOfOtherWorldsOrProblems() {
        try (Scope s = Scope.open()) {
            Worlds tasks = Lifetimes.trials(new RandomMdp(3, 2, 4), 1, 1).sample(2, new SplittableRandom(1));
            for (Measure<Worlds> measure : List.of(
                    PolicyMeasures.EXPECTED_REWARD,
                    WorldMeasures.REGRET,
                    WorldMeasures.LATE_REWARD,
                    WorldMeasures.MEAN_REWARD)) {
                assertThatThrownBy(() -> measure.outputs(
                                null,
                                Params.EMPTY,
                                Params.EMPTY,
                                tasks,
                                TaskContext.training(1).at(0, false)))
                        .as(measure.name())
                        .isInstanceOf(OptionsException.class)
                        .hasMessageContaining("measure " + measure.name() + " needs a");
            }
            Problems problems = new Quadratics(2, 2, 3).sample(2, new SplittableRandom(1));
            assertThatThrownBy(() -> ProblemMeasures.ACCURACY.outputs(
                            null,
                            Params.EMPTY,
                            Params.EMPTY,
                            problems,
                            TaskContext.training(1).at(0, false)))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageContaining("needs problems of classification");
        }
    }

    @Test
    void optimisersWithoutASchedule() {
        MetaOptimizer bare = new MetaOptimizer() {
            @Override
            public Params init(Params theta) {
                return Params.EMPTY;
            }

            @Override
            public Update update(Params gradient, Params slots, Params theta, long iteration) {
                return new Update(theta, slots);
            }
        };
        assertThatThrownBy(() -> bare.often(2))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("expected one that has, such as adam or sgd");
        assertThatThrownBy(() -> bare.paced(2)).isInstanceOf(OptionsException.class);
    }
}
