package org.deutero.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassSplitTest {

    private static final List<String> NAMES = List.of("cat", "dog", "emu", "fox");

    @Test
    void refusesOverlapAndNamesBothParts() {
        assertThatThrownBy(() -> new ClassSplit(List.of(0, 1), List.of(2), List.of(3, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("class 1")
                .hasMessageContaining("train")
                .hasMessageContaining("test");
        assertThatThrownBy(() -> new ClassSplit(List.of(0, 0), List.of(), List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("class 0 is listed twice in the train");
        assertThatThrownBy(() -> new ClassSplit(List.of(-1), List.of(), List.of()))
                .isInstanceOf(DataException.class)
                .hasMessage("the split names class -1, but classes count from 0");
    }

    @Test
    void randomDealsEveryClassOnce() {
        ClassSplit split = ClassSplit.random(50, 3, 30, 8, 12);
        List<Integer> all = new ArrayList<>(split.train());
        all.addAll(split.validation());
        all.addAll(split.test());
        assertThat(split.train()).hasSize(30);
        assertThat(split.validation()).hasSize(8);
        assertThat(all).hasSize(50).doesNotHaveDuplicates().allMatch(c -> c >= 0 && c < 50);
        assertThat(split)
                .isEqualTo(ClassSplit.random(50, 3, 30, 8, 12))
                .isNotEqualTo(ClassSplit.random(50, 4, 30, 8, 12));
    }

    /** Written down, so that a change of the shuffle cannot pass unseen: it would change everyone's splits. The numbers follow from SplitMix64 as published. */
    @Test
    void randomIsTheSameForEver() {
        assertThat(ClassSplit.random(10, 1, 10, 0, 0).train()).containsExactly(9, 4, 5, 3, 1, 7, 2, 0, 6, 8);
    }

    @Test
    void everyClassIsEquallyLikelyInEachPart() {
        int[] count = new int[10];
        for (int seed = 0; seed < 2000; seed++) {
            ClassSplit.random(10, seed, 5, 0, 5).train().forEach(c -> count[c]++);
        }
        assertThat(IntStream.of(count).boxed()).allMatch(n -> n > 880 && n < 1120); // 1000 +- 5.4 sigma
    }

    @Test
    void sharesLeaveTheRestToTest() {
        ClassSplit split = ClassSplit.random(101, 0, 0.64, 0.16);
        assertThat(split.train()).hasSize(65);
        assertThat(split.validation()).hasSize(16);
        assertThat(split.test()).hasSize(20);
        assertThatThrownBy(() -> ClassSplit.random(10, 0, 0.8, 0.4))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "the shares 0.8 (train) and 0.4 (validation) must not be negative and must sum to at most 1");
        assertThatThrownBy(() -> ClassSplit.random(10, 0, 8, 2, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("10 classes");
    }

    @Test
    void findsClassesByNameInTheOrderOfTheList() {
        ClassSplit split = ClassSplit.byNames(NAMES, List.of("fox", "cat"), List.of(), List.of("dog"));
        assertThat(split.train()).containsExactly(3, 0);
        assertThatThrownBy(() -> ClassSplit.byNames(NAMES, List.of("cow"), List.of(), List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("names the class 'cow', but the data set has no class of that name");
    }

    @Test
    void readsFiles(@TempDir Path dir) throws IOException {
        Path train = Files.writeString(dir.resolve("train.txt"), "# animals\nfox\n\n  cat\n");
        Path none = Files.writeString(dir.resolve("none.txt"), "");
        ClassSplit split = ClassSplit.byFiles(NAMES, train, none, none);
        assertThat(split).isEqualTo(new ClassSplit(List.of(3, 0), List.of(), List.of()));
        assertThatThrownBy(() -> ClassSplit.byFiles(NAMES, dir.resolve("absent.txt"), none, none))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("absent.txt");
    }

    @Test
    void checksAgainstTheDataSet() {
        ClassSplit split = new ClassSplit(List.of(0), List.of(), List.of(7));
        assertThat(split.check(8)).isSameAs(split);
        assertThatThrownBy(() -> split.check(7))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("class 7");
    }
}
