package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deutero.Deutero;
import org.deutero.tasks.DataException;
import org.deutero.tasks.omniglot.Omniglot;
import org.junit.jupiter.api.Test;

/** Pictures of none of the classes are told by a threshold that the examples alone give. */
class RejectionTest {
    private static final int WAY = 5;
    private static final int QUERIES = 3;

    /** More for the figures of the guide: {@code -Ddeutero.rounds=200}. */
    private static final int ROUNDS = Integer.getInteger("deutero.rounds", 4);

    @Test
    void theThresholdHasEqualErrorsOfNormalDistributions() {
        Rejection r = Rejection.of(new double[] {-3, -1}, new double[] {-14, -6});
        double known = -2;
        double strange = -10;
        double at = r.threshold();
        assertThat((known - at) / Math.sqrt(2)).isCloseTo((at - strange) / Math.sqrt(32), within(1e-12));
        assertThat(r.falseRejections()).isZero();
        assertThat(r.falseAcceptances()).isZero();
        assertThat(r.known()).isEqualTo(2);
    }

    @Test
    void errorsAreShares() {
        Rejection r = Rejection.of(new double[] {-1, -1, -1, -30}, new double[] {-20, -20, -20, 0});
        assertThat(r.falseRejections()).isEqualTo(0.25);
        assertThat(r.falseAcceptances()).isEqualTo(0.25);
        assertThat(r.rejects(new double[] {-50, r.threshold()})).isFalse();
        assertThat(r.rejects(new double[] {-50, r.threshold() - 1e-9})).isTrue();
        assertThat(r.rejects(new double[] {Double.NaN, Double.NaN})).isTrue();
    }

    /** Characters that the learner never saw; as many others, of which it is told nothing, are asked. */
    private static double[] errors(TrainedLearner learner, int shots) {
        List<Integer> unseen = new ArrayList<>(Omniglot.vinyals().test());
        Random random = new Random(1);
        int rejected = 0;
        int accepted = 0;
        double foreseenRejected = 0;
        double foreseenAccepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(unseen, random);
            Support.Builder support = Support.builder();
            for (int c = 0; c < WAY; c++) {
                for (int i = 0; i < shots; i++) {
                    support.add("c" + c, Letters.image(Omniglot.drawing(unseen.get(c), i)));
                }
            }
            try (FewShotClassifier classifier = learner.adaptRejecting(support.build())) {
                for (int c = 0; c < 2 * WAY; c++) {
                    for (int i = shots; i < shots + QUERIES; i++) {
                        boolean none = classifier
                                .predict(Letters.image(Omniglot.drawing(unseen.get(c), i)))
                                .rejected();
                        rejected += c < WAY && none ? 1 : 0;
                        accepted += c >= WAY && !none ? 1 : 0;
                    }
                }
                Rejection r = classifier.rejection().orElseThrow();
                foreseenRejected += r.falseRejections() / ROUNDS;
                foreseenAccepted += r.falseAcceptances() / ROUNDS;
            }
        }
        double asked = ROUNDS * WAY * QUERIES;
        double[] errors = {rejected / asked, accepted / asked, foreseenRejected, foreseenAccepted};
        if (ROUNDS > 4) {
            System.out.printf(
                    "%d shots, %d rounds: rejects %.3f of its classes, takes %.3f of others; foreseen %.3f and %.3f%n",
                    shots, ROUNDS, errors[0], errors[1], errors[2], errors[3]);
        }
        return errors;
    }

    @Test
    void charactersOfOtherClassesAreRejected() {
        try (TrainedLearner learner = Deutero.builtin("omniglot")) {
            double[] errors = errors(learner, 3);
            assertThat(errors[0]).as("of its classes rejected").isLessThan(0.2);
            assertThat(errors[1]).as("of others accepted").isLessThan(0.2);
            if (ROUNDS > 4) {
                errors(learner, 2);
                errors(learner, 5);
            }
        }
    }

    @Test
    void tooFewExamplesAreASentence() {
        try (TrainedLearner learner = Deutero.builtin("omniglot-narrow")) {
            assertThatThrownBy(() -> learner.adaptRejecting(Letters.support(1, 1, 2)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(
                            "at least three classes, two of them with two pictures or more, but there are 3 classes, 1 of them");
            assertThatThrownBy(() -> learner.adaptRejecting(Letters.support(3, 3)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("but there are 2 classes");
            try (FewShotClassifier plain = learner.adapt(Letters.support(2, 2, 2))) {
                assertThat(plain.rejection()).isEmpty();
                assertThat(plain.predict(Letters.image(4, 0)).rejected()).isFalse();
            }
        }
    }
}
