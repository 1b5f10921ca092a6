package org.deutero.tasks.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.options.Options;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.arcade.Catch;
import org.deutero.tasks.control.CartPoleTasks;
import org.deutero.tasks.control.ControlSettings;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Pictures of lives for people. */
@SuppressWarnings("try") // scopes are opened for their effect
class PicturesTest {
    private static int colour(Frame frame, int y, int x) {
        int colour = 0;
        for (int channel = 0; channel < 3; channel++) {
            float value = frame.pixels()[(channel * frame.height() + y) * frame.width() + x];
            colour = colour << 8 | Math.round(255 * value);
        }
        return colour;
    }

    @Test
    void whatIsPaintedIsWhereItShouldBe() {
        Frame frame = new Canvas(4, 6).rectangle(1, 2, 2, 9, Canvas.HARM).frame();
        assertThat(colour(frame, 0, 2)).isEqualTo(Canvas.PAPER);
        assertThat(colour(frame, 1, 2)).isEqualTo(Canvas.HARM);
        assertThat(colour(frame, 2, 5)).isEqualTo(Canvas.HARM);
        assertThat(colour(frame, 3, 5)).isEqualTo(Canvas.PAPER);
        Frame line = new Canvas(5, 5).line(0.5, 0.5, 4.5, 4.5, Canvas.INK).frame();
        for (int i = 0; i < 5; i++) {
            assertThat(colour(line, i, i)).isEqualTo(Canvas.INK);
        }
        assertThat(colour(new Canvas(9, 9).disc(4.5, 4.5, 2, Canvas.GOAL).frame(), 4, 3))
                .isEqualTo(Canvas.GOAL);
    }

    @Test
    void aGameOfCatchShowsBallAndPaddle() {
        Frame frame = new Catch(3, 4)
                .picture(new double[0], 0, new double[] {1, 3, 2}, 0)
                .orElseThrow();
        assertThat(frame.height()).isEqualTo(18);
        assertThat(frame.width()).isEqualTo(24);
        assertThat(colour(frame, 6 + 2, 18 + 2)).isEqualTo(Canvas.GOAL);
        assertThat(colour(frame, 12 + 2, 12 + 2)).isEqualTo(Canvas.AGENT);
        assertThat(colour(frame, 2, 2)).isEqualTo(Canvas.PAPER);
    }

    @Test
    void worldsThatCanBeDrawnChangeTheirPictureAsTheyAreLivedIn() {
        for (TaskSource<Worlds> source : List.<TaskSource<Worlds>>of(
                Lifetimes.trials(new Catch(5, 5), 2, 1),
                new CartPoleTasks(20, CartPoleTasks.Polarity.BOTH),
                ControlSettings.pointNavigation(Options.of(Map.of())).train())) {
            try (Scope s = Scope.open()) {
                Worlds worlds = source.sample(2, new SplittableRandom(1));
                Params lives = worlds.begin(DType.FLOAT32);
                Frame before = worlds.picture(lives, 1, 0).orElseThrow();
                int copies = worlds.copies();
                boolean vectors = worlds.world().shape().actions() instanceof Actions.Box;
                for (int t = 0; t < 8; t++) {
                    Tensor action = vectors
                            ? Tensor.of(new float[4 * copies], 2, copies, 2).add(1)
                            : Tensor.of(new long[2 * copies], 2, copies);
                    lives = worlds.step(lives, action, t).lives();
                }
                Frame after = worlds.picture(lives, 1, 0).orElseThrow();
                assertThat(Arrays.equals(after.pixels(), before.pixels()))
                        .as(source.toString())
                        .isFalse();
            }
        }
    }

    @Test
    void tablesAreNotDrawn() {
        try (Scope s = Scope.open()) {
            Worlds worlds = Lifetimes.trials(new RandomMdp(3, 2, 4), 1, 1).sample(1, new SplittableRandom(1));
            assertThat(worlds.picture(worlds.begin(DType.FLOAT32), 0, 0)).isEmpty();
        }
    }
}
