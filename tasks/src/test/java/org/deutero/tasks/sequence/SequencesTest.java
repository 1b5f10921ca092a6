package org.deutero.tasks.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.InRandomOrder;
import org.deutero.tasks.synthetic.GaussianClasses;
import org.deutero.tasks.synthetic.NormalPairs;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class SequencesTest {
    @Test
    void supportSetsAreToldInTheirOrder() {
        try (Scope s = Scope.open()) {
            InRandomOrder source = new InRandomOrder(new GaussianClasses(3, 2, 6, 4));
            Episodes episodes = source.sample(3, new SplittableRandom(1));
            Sequences sequences = new SupportSets(source, true).sample(3, new SplittableRandom(1));
            assertThat(sequences.length()).isEqualTo(6);
            for (int t = 0; t < 6; t++) {
                assertThat(sequences.item(t).contiguous().floats())
                        .containsExactly(episodes.supportX()
                                .slice(1, t, t + 1)
                                .contiguous()
                                .floats());
                assertThat(sequences.answer(t).contiguous().longs())
                        .containsExactly(episodes.supportY()
                                .slice(1, t, t + 1)
                                .contiguous()
                                .longs());
            }
            assertThat(sequences.instances()).isDeepEqualTo(episodes.instances());
            assertThat(sequences.slice(1, 3).repeat(2).size()).isEqualTo(4);
        }
    }

    /** Queries are questions, and there is a way back. */
    @Test
    void episodesAreSequencesWithQuestions() {
        try (Scope s = Scope.open()) {
            Episodes episodes = new GaussianClasses(3, 2, 6, 4).sample(3, new SplittableRandom(1));
            Sequences sequences = Sequences.of(episodes);
            assertThat(sequences.episodes()).isEqualTo(episodes);
            assertThat(sequences.asked(2)).isSameAs(episodes.queryX());
            assertThat(sequences.slice(1, 3).repeat(2).episodes().queryX().shape())
                    .containsExactly(4, 4, 3);
            Sequences bare = sequences.withoutQuestions();
            assertThat(bare.asked(2).contiguous().floats())
                    .containsExactly(
                            episodes.supportX().slice(1, 2, 3).contiguous().floats());
            assertThatThrownBy(() -> bare.asked(6)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(bare::episodes).hasMessage("these sequences have no questions, which episodes need");
            assertThat(new SupportSets(new GaussianClasses(3, 2, 6, 4), false)
                            .sample(1, new SplittableRandom(1))
                            .questions())
                    .isEmpty();
        }
    }

    @Test
    void whatComesNextCanBeAskedFor() {
        try (Scope s = Scope.open()) {
            Sequences sequences = Sequences.of(new GaussianClasses(3, 2, 6, 4).sample(3, new SplittableRandom(1)));
            Sequences.Questions next = sequences.upcoming(1, 3).questions().orElseThrow();
            assertThat(next.items().contiguous().floats())
                    .containsExactly(
                            sequences.items().slice(1, 2, 4).contiguous().floats());
            assertThat(next.answers().contiguous().longs())
                    .containsExactly(
                            sequences.answers().slice(1, 2, 4).contiguous().longs());
            assertThatThrownBy(() -> sequences.upcoming(0, 4))
                    .hasMessage("4 steps do not have equally many of 6 items");
        }
    }

    @Test
    void instancesCountAppearances() {
        try (Scope s = Scope.open()) {
            Tensor x = Tensor.of(new float[4], 1, 4, 1);
            Sequences sequences = new Sequences(x, Tensor.of(new long[] {2, 0, 2, 2}, 1, 4), 3);
            assertThat(sequences.instances()).isDeepEqualTo(new int[][] {{0, 0, 1, 2}});
        }
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() {
        try (Scope s = Scope.open()) {
            Tensor x = Tensor.of(new float[4], 1, 4, 1);
            assertThatThrownBy(() -> new Sequences(x, Tensor.of(new long[3], 1, 3), 2))
                    .hasMessage("items [1, 4, 1] with answers [1, 3] do not make one batch of sequences (way 2)");
            Sequences good = new Sequences(x, Tensor.of(new long[4], 1, 4), 2);
            assertThatThrownBy(() -> good.asking(Tensor.of(new float[4], 1, 2, 2), Tensor.of(new long[2], 1, 2)))
                    .hasMessage(
                            "questions [1, 2, 2] with answers [1, 2] do not belong to items [1, 4, 1] with answers [1, 4]");
            assertThatThrownBy(() -> new Sequences(x, Tensor.of(new float[4], 1, 4, 1), 1))
                    .hasMessageContaining("way is 1");
            assertThatThrownBy(() -> Sequences.of(new NormalPairs(1, 1, 4, 3).sample(1, new SplittableRandom(1)))
                            .instances())
                    .hasMessageContaining("a regression");
        }
    }
}
