package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.deutero.Deutero;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.omniglot.Omniglot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The learners that ship have learned to learn: characters they have never seen, one example each, as pictures on paper. */
class BuiltinTest {
    private static final int WAY = 10;
    private static final int ROUNDS = 6;
    private static final int QUERIES = 3;

    /** A drawing at a size and on a background of its own, with a margin. */
    private static BufferedImage paper(int character, int item) {
        Picture drawing = Omniglot.drawing(character, item);
        int side = Omniglot.SIDE;
        BufferedImage image = new BufferedImage(side + 40, side + 20, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(new Color(240, 238, 225));
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.dispose();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (drawing.at(0, y, x) < 128) {
                    image.setRGB(x + 20, y + 10, 0x20204a);
                }
            }
        }
        return image;
    }

    private static double accuracy(TrainedLearner learner) {
        List<Integer> unseen = Omniglot.vinyals().test();
        int right = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> classes = unseen.subList(round * 40, round * 40 + WAY);
            Support.Builder support = Support.builder();
            classes.forEach(c -> support.add("c" + c, paper(c, 0)));
            try (FewShotClassifier classifier = learner.adapt(support.build())) {
                for (int c : classes) {
                    for (int item = 1; item <= QUERIES; item++) {
                        right += classifier.predict(paper(c, item)).label().equals("c" + c) ? 1 : 0;
                    }
                }
            }
        }
        return right / (double) (ROUNDS * WAY * QUERIES);
    }

    @ParameterizedTest
    @CsvSource({"drawings, 0.7", "omniglot, 0.8", "omniglot-maml, 0.65", "omniglot-narrow, 0.6"})
    void tellsUnseenCharactersApart(String name, double least) {
        try (TrainedLearner learner = Deutero.builtin(name)) {
            assertThat(accuracy(learner)).isGreaterThanOrEqualTo(least);
        }
    }

    @Test
    void aHeadHasAsManyClassesAsItHas() {
        try (TrainedLearner maml = Deutero.builtin("omniglot-maml")) {
            Support.Builder support = Support.builder();
            for (int c = 0; c <= WAY; c++) {
                support.add("c" + c, paper(c, 0));
            }
            assertThatThrownBy(() -> maml.adapt(support.build()))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(
                            "this learner tells at most 10 classes apart, because its network (maml) has one output for each, but there are examples of 11");
        }
    }
}
