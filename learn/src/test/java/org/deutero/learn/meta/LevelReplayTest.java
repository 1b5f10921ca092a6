package org.deutero.learn.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

/** Which tasks come again. */
@SuppressWarnings("try") // scopes are opened for their effect
class LevelReplayTest {
    @Test
    void tasksComeAgainByTheRankOfTheirScore() {
        try (Scope s = Scope.open()) {
            LevelReplay replay = new LevelReplay(0.5, 3, 1);
            Params store = Params.EMPTY;
            assertThat(replay.next(store, 7, new SplittableRandom(1))).isEqualTo(7);
            store = replay.after(store, 10, 0.1);
            store = replay.after(store, 20, 0.9);
            store = replay.after(store, 30, 0.5);
            SplittableRandom rng = new SplittableRandom(2);
            int[] drawn = new int[50];
            for (int i = 0; i < 8000; i++) {
                drawn[(int) replay.next(store, 40, rng)]++;
            }
            // Weights of ranks are 1, 1/2 and 1/3, of 11/6 together; half of the lifetimes have new tasks.
            assertThat(drawn[40] / 8000.0).isCloseTo(0.5, within(0.025)); // 4.5 deviations
            assertThat(drawn[20] / 8000.0).isCloseTo(3.0 / 11, within(0.025));
            assertThat(drawn[30] / 8000.0).isCloseTo(1.5 / 11, within(0.02));
            assertThat(drawn[10] / 8000.0).isCloseTo(1.0 / 11, within(0.02));
        }
    }

    @Test
    void theNewestScoreCountsAndTheLowestIsForgotten() {
        try (Scope s = Scope.open()) {
            LevelReplay replay = new LevelReplay(1, 2, 0.01);
            Params store = replay.after(replay.after(Params.EMPTY, 10, 0.9), 20, 0.5);
            assertThat(replay.next(store, 40, new SplittableRandom(1))).isEqualTo(10);
            store = replay.after(store, 10, 0.2);
            assertThat(replay.next(store, 40, new SplittableRandom(1))).isEqualTo(20);
            store = replay.after(store, 30, 0.3);
            assertThat(store.get("drawn").longs()).containsExactly(20, 30);
            assertThat(store.get("scores").doubles()).containsExactly(0.5, 0.3);
        }
        assertThatThrownBy(() -> new LevelReplay(2, 1, 1)).hasMessageContaining("cannot be");
    }
}
