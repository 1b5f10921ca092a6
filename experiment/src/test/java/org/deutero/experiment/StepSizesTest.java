package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learned step sizes are in the log, where people can see what became of them. */
class StepSizesTest {
    @TempDir
    private Path folder;

    private List<MetricRow> train(String recipe, String... overrides) {
        List<String> all = new ArrayList<>(List.of(overrides));
        all.addAll(List.of("training.iterations=2", "evaluation.tasks=2", "evaluation.examples=0"));
        return Experiment.of(RecipeFile.load(recipe, all))
                .train(folder.resolve("run"))
                .figures();
    }

    @Test
    void oneForEachWeight() {
        List<MetricRow> rows = train(
                "sinusoid-10shot-maml-small",
                "method.name=meta-sgd",
                "method.inner-rate=0.01",
                "meta-optimizer.rate=0.02");
        MetricRow.StepSizes sizes = only(rows);
        assertThat(sizes.parameters()).extracting(MetricRow.StepSize::count).contains(40L, 1600L);
        // Two steps of Adam from 0.01 at a rate of 0.02: the range is known, and some have crossed zero.
        assertThat(sizes.parameters()).allSatisfy(size -> {
            assertThat(size.lowest()).isBetween(-0.0301, 0.0501);
            assertThat(size.highest()).isBetween(-0.0301, 0.0501);
            assertThat(size.mean()).isBetween(size.lowest(), size.highest());
        });
        assertThat(sizes.parameters())
                .anySatisfy(size -> assertThat(size.negative()).isBetween(0.01, 0.99));
    }

    @Test
    void oneForEachLayer() {
        MetricRow.StepSizes sizes = only(train("omniglot-10way-learned-rates-small"));
        assertThat(sizes.parameters()).allSatisfy(size -> {
            assertThat(size.count()).isEqualTo(1);
            assertThat(size.highest()).isEqualTo(size.lowest()).isPositive();
            assertThat(size.negative()).isZero();
        });
    }

    @Test
    void noneWhereTheRateIsFixed() {
        assertThat(train("sinusoid-10shot-maml-small")).noneMatch(MetricRow.StepSizes.class::isInstance);
    }

    private static MetricRow.StepSizes only(List<MetricRow> rows) {
        return rows.stream()
                .filter(MetricRow.StepSizes.class::isInstance)
                .map(MetricRow.StepSizes.class::cast)
                .reduce((a, b) -> {
                    throw new AssertionError("twice");
                })
                .orElseThrow();
    }
}
