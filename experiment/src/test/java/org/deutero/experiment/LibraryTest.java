package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.experiment.report.ReportData;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments as a library: what a program that is not the command does with them. */
class LibraryTest {
    private static final List<String> TINY = List.of(
            "training.iterations=12",
            "training.meta-batch=4",
            "training.validate-every=6",
            "training.checkpoint-every=6",
            "evaluation.tasks=8",
            "evaluation.validation-tasks=4");

    @TempDir
    private Path folder;

    /** Writes down what it hears. */
    private static final class Notebook implements RunListener {
        private final List<String> heard = new ArrayList<>();
        private long iterations;
        private int figures;
        private String title = "";

        @Override
        public void opened(Experiment experiment, RunFolder run, long iteration) {
            heard.add("opened " + iteration);
        }

        @Override
        public void started(long iteration, long total) {
            heard.add("started " + iteration + " of " + total);
        }

        @Override
        public void progress(Progress now) {
            iterations = now.iteration();
        }

        @Override
        public void figure(String name, long iteration, double value) {
            figures++;
        }

        @Override
        public void closed() {
            heard.add("closed");
        }

        @Override
        public void evaluated(RunFolder run, ReportData data) {
            heard.add("evaluated");
            title = data.title();
        }
    }

    @Test
    @SuppressWarnings("try") // the scope works by being open
    void aBundledRecipeIsTrainedAndItsLearnerUsed() {
        Notebook notebook = new Notebook();
        Experiment experiment = Experiment.of(RecipeFile.load("sinusoid-10shot-maml-small", TINY));
        RunResult result = experiment.train(folder.resolve("run"), notebook);

        assertThat(notebook.heard).containsExactly("opened 0", "started 0 of 12", "closed", "evaluated");
        assertThat(notebook.iterations).isEqualTo(12);
        assertThat(notebook.figures).isPositive();
        assertThat(notebook.title).isEqualTo(experiment.name());
        assertThat(result.test().tasks()).isEqualTo(8);
        assertThat(result.figures()).last().isEqualTo(result.test());
        assertThat(result.figures()).hasAtLeastOneElementOfType(MetricRow.Train.class);
        assertThat(result.export()).isEmpty();
        try (LoadedLearner trained = result.trained();
                Scope s = Scope.open()) {
            Episodes tasks = experiment.tasks().load().test().sample(2, Seeds.generator(1, "mine"));
            TaskContext context = TaskContext.evaluation(1, trained.state().statistics());
            Params theta = trained.state().theta();
            Tensor answers = GradMode.off(() -> {
                Params phi = trained.learner().begin(theta, tasks, context.at(0, false));
                return trained.learner().predict(theta, phi, tasks, context.at(0, false));
            });
            assertThat(answers.shape()).isEqualTo(tasks.queryY().shape());
        }
    }

    @Test
    void goingOnComesToTheSameBits() throws Exception {
        Path whole = folder.resolve("whole");
        Path cut = folder.resolve("cut");
        Experiment experiment = Experiment.of(RecipeFile.load("sinusoid-10shot-maml-small", TINY));
        RunResult first = experiment.train(whole);
        experiment.train(cut);
        Files.delete(cut.resolve("checkpoints/00000012.safetensors"));
        RunResult second = Experiment.resume(cut);
        assertThat(second.test()).isEqualTo(first.test());
        assertThat(cut.resolve("checkpoints/00000012.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("checkpoints/00000012.safetensors"));
        assertThatThrownBy(() -> experiment.train(whole))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is not empty");
    }

    @Test
    void aLearnerOfPicturesIsReadyForUse() throws Exception {
        List<String> small = new ArrayList<>(TINY);
        small.addAll(List.of("network.filters=4", "evaluation.examples=0", "tasks.queries=2"));
        RunResult result = Experiment.of(RecipeFile.load("omniglot-5way-1shot-protonet-small", small))
                .train(folder.resolve("run"));
        Path file = result.export().orElseThrow();
        assertThat(file).isEqualTo(result.folder().learner()).isNotEmptyFile();
        try (var learner = result.learner()) {
            assertThat(learner.mostClasses()).isEqualTo(Integer.MAX_VALUE);
            assertThat(learner.description().method()).isEqualTo("protonet");
        }
    }
}
