package org.deutero.tasks.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.deutero.tasks.DataException;
import org.junit.jupiter.api.Test;

class AlphabetsTest {
    @Test
    void alphabetsAreDealtWhole() {
        Alphabets dealt = Alphabets.of(20, 25, 10, 1);
        assertThat(dealt.train()).hasSize(25);
        assertThat(dealt.test()).hasSize(10);
        List<List<Integer>> all = new ArrayList<>(dealt.train());
        all.addAll(dealt.validation());
        all.addAll(dealt.test());
        assertThat(new HashSet<>(all)).hasSize(all.size()).hasSameSizeAs(Alphabets.large(20));
        for (List<Integer> alphabet : all) {
            assertThat(alphabet).hasSizeGreaterThanOrEqualTo(20);
            assertThat(alphabet.stream().map(Omniglot::alphabet).distinct()).hasSize(1);
        }
        assertThat(Alphabets.of(20, 25, 10, 1)).isEqualTo(dealt);
        assertThat(Alphabets.of(20, 25, 10, 2).test()).isNotEqualTo(dealt.test());
        // More to train on are taken from validation, never from the test.
        assertThat(Alphabets.of(20, 30, 10, 1).test()).isEqualTo(dealt.test());
    }

    @Test
    void tooManyAreRefused() {
        assertThatThrownBy(() -> Alphabets.of(20, 45, 10, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("alphabets of at least 20 characters, not the 55");
    }
}
