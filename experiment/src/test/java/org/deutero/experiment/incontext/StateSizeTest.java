package org.deutero.experiment.incontext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.incontext.StateSizePicture.Point;
import org.deutero.experiment.recipe.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateSizeTest {
    private static final LearnerSize LSTM = LearnerSize.lstm(104);
    private static final LearnerSize OUTER = LearnerSize.outerProduct(76, 2, 38);
    private static final LearnerSize TRANSFORMER = LearnerSize.transformer(64, 2, 4);

    private static Point point(LearnerSize learner, long parameters, long state, double late) {
        Figure figure = new Figure(late, 0.01);
        return new Point(learner, parameters, state, new Positions(List.of(figure), figure), Map.of());
    }

    private static StateSizePicture picture(Point... points) {
        return new StateSizePicture(List.of(points), 0.2, null);
    }

    @Test
    void ranksDecideAndTiesShareThem() {
        assertThat(Ranks.correlation(new double[] {1, 10, 100}, new double[] {0.1, 0.2, 0.9}))
                .isCloseTo(1, within(1e-12));
        assertThat(Ranks.correlation(new double[] {1, 2, 3}, new double[] {3, 2, 1}))
                .isCloseTo(-1, within(1e-12));
        // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
        assertThat(Ranks.correlation(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}))
                .isCloseTo(Math.sqrt(0.9), within(1e-12));
        assertThat(Ranks.correlation(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    }

    @Test
    void theStateOrdersAndParametersDoNot() {
        StateSizePicture picture =
                picture(point(LSTM, 300, 10, 0.2), point(OUTER, 100, 50, 0.4), point(TRANSFORMER, 200, 90, 0.7));
        assertThat(picture.byState()).isCloseTo(1, within(1e-12));
        assertThat(picture.byParameters()).isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void equallyLargeOnesAreCompared() {
        Point far = point(LearnerSize.lstm(320), 900, 20, 0.9);
        StateSizePicture published =
                picture(point(TRANSFORMER, 100, 90, 0.7), point(LSTM, 110, 10, 0.2), far, point(OUTER, 95, 50, 0.4));
        assertThat(published.matched()).hasSize(1);
        assertThat(published.matched().get(0).members())
                .extracting(p -> p.learner().architecture())
                .containsExactly("lstm", "outer-product", "transformer");
        assertThat(published.asPublished()).isTrue();
        assertThat(picture(point(TRANSFORMER, 100, 90, 0.3), point(LSTM, 100, 10, 0.2), point(OUTER, 100, 50, 0.4))
                        .asPublished())
                .isFalse();
        // In order, but not apart: 0.01 against intervals of 0.01 each.
        StateSizePicture close =
                picture(point(TRANSFORMER, 100, 90, 0.7), point(LSTM, 100, 10, 0.2), point(OUTER, 100, 50, 0.21));
        assertThat(close.matched().get(0).apart(1)).isFalse();
        assertThat(close.matched().get(0).apart(2)).isTrue();
        assertThat(close.asPublished()).isFalse();
        assertThat(picture(point(TRANSFORMER, 100, 90, 0.7), far).asPublished()).isFalse();
    }

    static List<LearnerSize> learners() {
        return LearnerSize.full();
    }

    /** Whatever a picture holds can be made of the recipe that it changes, and keeps what is not about an architecture. */
    @ParameterizedTest
    @MethodSource("learners")
    void recipesResolve(LearnerSize learner) {
        Experiment experiment = Experiment.of(learner.in(RecipeFile.load("omniglot-gpicl-small", List.of())));
        Map<?, ?> method = (Map<?, ?>) experiment.resolved().get("method");
        assertThat(method.get("architecture")).isEqualTo(learner.architecture());
        assertThat(method.get("tokens")).isEqualTo("paired");
    }
}
