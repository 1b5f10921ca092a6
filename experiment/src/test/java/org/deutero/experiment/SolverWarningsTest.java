package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.recipe.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of linear systems without a solution. */
class SolverWarningsTest {
    @TempDir
    private Path folder;

    @Test
    void aTenthOfTheTasksAndAResidualOfOneAreBorne() {
        SolverWarnings warnings = new SolverWarnings();
        assertThat(warnings.of(10, Map.of("negative-curvature", 0.1, "residual", 1.0)))
                .isEmpty();
        assertThat(warnings.of(20, Map.of())).isEmpty();
        assertThat(warnings.of(30, Map.of("negative-curvature", 0.25, "residual", 3.21)))
                .satisfiesExactly(
                        bent -> assertThat(bent).contains("at iteration 30", "25 % of the tasks"),
                        left -> assertThat(left).contains("relative residual of 3.21"));
        assertThat(warnings.of(40, Map.of("negative-curvature", 0.5, "residual", Double.NaN)))
                .as("once is enough")
                .isEmpty();
    }

    /** Batch normalisation makes the Hessian of a convolutional network indefinite, which the published pull of 2 does not cover. */
    @Test
    void trainingSaysIt() {
        List<String> heard = new ArrayList<>();
        RunListener notebook = new RunListener() {
            @Override
            public void message(String line) {
                heard.add(line);
            }
        };
        Experiment.of(RecipeFile.load(
                        "omniglot-5way-1shot-imaml",
                        List.of(
                                "tasks.split=vinyals",
                                "network.filters=8",
                                "training.iterations=3",
                                "training.meta-batch=4",
                                "training.validate-every=0",
                                "training.log-every=1",
                                "evaluation.tasks=2")))
                .train(folder.resolve("run"), notebook);
        assertThat(heard).anyMatch(line -> line.contains("negative curvature"));
    }
}
