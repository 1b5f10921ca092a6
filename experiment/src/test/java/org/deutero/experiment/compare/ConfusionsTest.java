package org.deutero.experiment.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deutero.experiment.measure.QueryAnswers;
import org.junit.jupiter.api.Test;

class ConfusionsTest {
    private static QueryAnswers answers(int... predicted) {
        return new QueryAnswers(predicted, new double[predicted.length]);
    }

    /** Labels stand for other classes in every task; pairs are counted by name and whichever way round. */
    @Test
    void pairsAreCountedByName() {
        Confusions confusions = new Confusions();
        confusions.add(0, List.of("ox", "cat", "dog"), answers(0, 0, 1, 2, 2, 1));
        confusions.add(1, List.of("dog", "cat"), answers(1, 1, 1, 1));
        assertThat(confusions.worst(9))
                .containsExactly(
                        // Task 0: one cat for a dog, one dog for a cat. Task 1: both dogs for cats.
                        new Confusions.Count("cat", "dog", 4, 8, 0, 3));
    }

    @Test
    void ofEquallyManyMistakesTheLikelierComeFirst() {
        Confusions confusions = new Confusions();
        confusions.add(0, List.of("a", "b"), answers(1, 1));
        confusions.add(1, List.of("a", "b"), answers(0, 1));
        confusions.add(2, List.of("c", "d"), answers(1, 1));
        assertThat(confusions.worst(9)).extracting(Confusions.Count::first).containsExactly("c", "a");
        assertThat(confusions.worst(1)).hasSize(1);
    }
}
