package org.deutero.tasks.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.deutero.tasks.chain.DelayedChain;
import org.deutero.tasks.grid.FixedGrid;
import org.deutero.tasks.grid.GridWorld;
import org.deutero.tasks.grid.Item;
import org.deutero.tasks.grid.Level;
import org.deutero.tasks.grid.Moves;
import org.deutero.tasks.grid.VariedLevels;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Many steps in one loop give the numbers that steps one by one give, in every world and mixture of worlds. */
@SuppressWarnings("try") // scopes are opened for their effect
class StretchTest {
    private static final int STEPS = 30;

    private static final Dynamics GRID =
            FixedGrid.of(new Level(3, 3, 7, List.of(new Item(1, 0.1, 0.3), new Item(-1, 0.5, 0.3)), Set.of(4)));

    private static final List<Dynamics> WORLDS = List.of(
            DelayedChain.plain(2, 6),
            new DelayedChain(DelayedChain.Cue.START, 2, 6, DelayedChain.Noise.ALL, 0),
            GRID,
            new RandomMdp(4, 3, 5),
            new GridWorld(new VariedLevels(), Moves.NINE, GridWorld.Layout.FIXED, true),
            new Mixture(List.of(DelayedChain.plain(2, 6), GRID), new WorldShape(50, new Actions.Discrete(5), 8)));

    @Test
    void theSameNumbersAsOneByOne() {
        for (Dynamics dynamics : WORLDS) {
            for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
                try (Scope s = Scope.open()) {
                    Worlds worlds = new Lifetimes(dynamics, 3, 0, 1000).sample(4, new SplittableRandom(1));
                    same(worlds, dtype);
                }
            }
        }
    }

    private static void same(Worlds worlds, DType dtype) {
        int actions = worlds.world().shape().choices();
        int states = worlds.world().shape().observations();
        Tensor policy = Tensors.normal(new SplittableRandom(2), dtype, 4, states, actions)
                .softmax(2);
        double[] luck = new SplittableRandom(3).doubles(12L * STEPS).toArray();
        Params before = worlds.begin(dtype);
        Stretch stretch = Stretch.live(worlds, before, policy, luck, 5, STEPS);
        Params lives = before;
        int ends = 0;
        for (int t = 0; t < STEPS; t++) {
            Tensor seen = worlds.observe(lives, 5 + t).argmax(2);
            assertThat(stretch.seen().select(2, t).longs()).containsExactly(seen.longs());
            Transition step = worlds.step(lives, stretch.action().select(2, t), 5 + t);
            lives = step.lives();
            assertThat(stretch.reward().select(2, t).to(DType.FLOAT64).doubles())
                    .containsExactly(step.reward().to(DType.FLOAT64).doubles());
            assertThat(stretch.terminated().select(2, t).to(DType.FLOAT64).doubles())
                    .containsExactly(step.terminated().to(DType.FLOAT64).doubles());
            assertThat(stretch.truncated().select(2, t).to(DType.FLOAT64).doubles())
                    .containsExactly(step.truncated().to(DType.FLOAT64).doubles());
            ends += (int) step.ended().sum().item();
        }
        assertThat(stretch.lives().to(DType.FLOAT64).flatten().doubles())
                .containsExactly(lives.to(DType.FLOAT64).flatten().doubles());
        assertThat(ends).isPositive();
    }

    @Test
    void actionsFollowThePolicy() {
        try (Scope s = Scope.open()) {
            Worlds worlds = new Lifetimes(DelayedChain.plain(2, 2), 1, 0, 10_000).sample(1, new SplittableRandom(1));
            Tensor policy = Tensor.of(new double[] {0.2, 0.8}, 1, 1, 2).expand(1, 5, 2);
            double[] luck = new SplittableRandom(3).doubles(4000).toArray();
            Stretch stretch = Stretch.live(worlds, worlds.begin(DType.FLOAT64), policy, luck, 0, 4000);
            // Four deviations.
            assertThat(stretch.action().to(DType.FLOAT64).mean().item()).isBetween(0.775, 0.825);
            // What is reached at the end of a chain of two is its last state, not the next start.
            assertThat(stretch.reached().select(2, 1).longs()[0]).isGreaterThan(2);
            assertThat(stretch.seen().select(2, 2).longs()[0]).isZero();
        }
    }

    @Test
    void worldsWithoutNumbersAndTrialsAreRefused() {
        DelayedChain distracted = new DelayedChain(DelayedChain.Cue.START, 2, 2, DelayedChain.Noise.NONE, 3);
        Worlds unnumbered = new Lifetimes(distracted, 1, 0, 10).sample(1, new SplittableRandom(1));
        Worlds trial = Lifetimes.trials(DelayedChain.plain(2, 2), 1, 2).sample(1, new SplittableRandom(1));
        try (Scope s = Scope.open()) {
            for (Worlds worlds : List.of(unnumbered, trial)) {
                assertThatThrownBy(() -> Stretch.live(
                                worlds,
                                worlds.begin(DType.FLOAT64),
                                Tensors.ones(DType.FLOAT64, 1, 5, 2),
                                new double[1],
                                0,
                                1))
                        .hasMessageContaining("numbers its states");
            }
        }
        assertThatThrownBy(() -> new Mixture(List.of(GRID), new WorldShape(5, new Actions.Discrete(5), 8)))
                .hasMessageContaining("does not fit");
    }
}
