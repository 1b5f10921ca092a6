package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deutero.Deutero;
import org.deutero.tasks.DataException;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier of prototypes gains and loses classes without the old pictures, and is the one that would have learned from all at once. */
class ClassesComeAndGoTest {
    private static final int LETTERS = 4;

    private static TrainedLearner learner;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        learner = Deutero.builtin("omniglot-narrow");
    }

    @AfterAll
    static void close() {
        learner.close();
    }

    private static Support some(int[] letters, int from, int to) {
        Support.Builder support = Support.builder();
        for (int letter : letters) {
            for (int i = from; i < to; i++) {
                support.add("letter" + letter, Letters.image(letter, i));
            }
        }
        return support.build();
    }

    private static void answerAlike(FewShotClassifier one, FewShotClassifier other) {
        for (int letter = 0; letter < LETTERS; letter++) {
            Map<String, Double> expected =
                    other.predict(Letters.image(letter, 9)).probabilities();
            Map<String, Double> given = one.predict(Letters.image(letter, 9)).probabilities();
            assertThat(given.keySet()).isEqualTo(expected.keySet());
            expected.forEach((name, p) -> assertThat(given.get(name)).as(name).isCloseTo(p, within(1e-4)));
        }
    }

    @Test
    void newClassesAndMorePicturesAreLearnedAsIfAllHadBeenThere() {
        Support.Builder more = Support.builder();
        more.add("letter1", Letters.image(1, 1))
                .add("letter1", Letters.image(1, 2))
                .add("letter3", Letters.image(3, 0))
                .add("letter3", Letters.image(3, 1));
        Support.Builder all = Support.builder();
        all.add("letter0", Letters.image(0, 0));
        for (int i = 0; i < 3; i++) {
            all.add("letter1", Letters.image(1, i));
        }
        all.add("letter3", Letters.image(3, 0)).add("letter3", Letters.image(3, 1));
        try (FewShotClassifier few = learner.adapt(some(new int[] {0, 1}, 0, 1));
                FewShotClassifier grown = few.with(more.build());
                FewShotClassifier atOnce = learner.adapt(all.build())) {
            assertThat(grown.classes()).containsExactly("letter0", "letter1", "letter3");
            assertThat(grown.examples()).containsExactly(1, 3, 2);
            answerAlike(grown, atOnce);
            assertThat(few.classes()).containsExactly("letter0", "letter1");
        }
    }

    @Test
    void aClassIsForgotten() {
        try (FewShotClassifier all = learner.adapt(some(new int[] {0, 1, 2, 3}, 0, 2));
                FewShotClassifier fewer = all.without(List.of("letter2"));
                FewShotClassifier never = learner.adapt(some(new int[] {0, 1, 3}, 0, 2))) {
            assertThat(fewer.classes()).containsExactly("letter0", "letter1", "letter3");
            answerAlike(fewer, never);
        }
    }

    @Test
    void whatIsSavedCanGrow() {
        Path file = folder.resolve("few.dtr");
        try (FewShotClassifier few = learner.adaptRejecting(some(new int[] {0, 1, 2}, 0, 2))) {
            few.save(file);
            try (FewShotClassifier loaded = Deutero.classifier(file);
                    FewShotClassifier grown = loaded.with(some(new int[] {3}, 0, 1))) {
                assertThat(loaded.rejection()).isPresent().isEqualTo(few.rejection());
                assertThat(grown.rejection()).as("found with other classes").isEmpty();
                assertThat(grown.predict(Letters.image(3, 0)).label()).isEqualTo("letter3");
            }
        }
    }

    @Test
    void mistakesAreSentences() {
        try (FewShotClassifier few = learner.adapt(some(new int[] {0, 1, 2}, 0, 1))) {
            assertThat(few.fixedClasses()).isEmpty();
            assertThatThrownBy(() -> few.without(List.of("letter9")))
                    .isInstanceOf(DataException.class)
                    .hasMessage("the classifier has no class 'letter9' (classes: letter0, letter1, letter2)");
            assertThatThrownBy(() -> few.without(List.of("letter0", "letter1")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("there would be one class, 'letter2'; a classifier needs at least two");
            Support other =
                    Support.builder().add("LETTER0", Letters.image(0, 0)).build();
            assertThatThrownBy(() -> few.with(other))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("differ only in upper and lower case");
        }
    }

    @Test
    void learnersOfAllClassesTogetherSaySo() {
        refuses(
                TestLearners.description("maml", Map.of("inner-rate", 0.1)),
                "a classifier of the method maml cannot gain or lose classes without the pictures of all of them, because it learns all classes together; adapt");
        refuses(
                TestLearners.description("protonet", Map.of("query-statistics", "support")),
                "because its batch normalisation has the statistics of all examples together");
        refuses(TestLearners.description("matching", Map.of()), "because it compares a picture with the examples");
    }

    private static void refuses(LearnerDescription description, String reason) {
        try (Scope s = Scope.open()) {
            var untrained = description.learner();
            Params theta = untrained.metaParameters(new java.util.SplittableRandom(1));
            try (TrainedLearner other = TrainedLearner.of(description, theta, untrained.statistics());
                    FewShotClassifier classifier = other.adapt(some(new int[] {0, 1}, 0, 1))) {
                assertThat(classifier.fixedClasses())
                        .hasValueSatisfying(sentence -> assertThat(sentence).contains(reason));
                assertThatThrownBy(() -> classifier.without(List.of("letter0"))).isInstanceOf(DataException.class);
                assertThatThrownBy(() -> classifier.with(some(new int[] {2}, 0, 1)))
                        .isInstanceOf(DataException.class);
            }
        }
    }
}
