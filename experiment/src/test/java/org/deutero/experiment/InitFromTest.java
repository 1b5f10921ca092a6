package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.run.Checkpoints;
import org.deutero.options.OptionsException;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from others, and runs that would become others. */
class InitFromTest {
    private static final String RECIPE = "sinusoid-10shot-maml-small";

    @TempDir
    private Path folder;

    private static List<String> tiny(String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "training.iterations=4",
                "training.meta-batch=2",
                "training.validate-every=0",
                "training.checkpoint-every=2",
                "evaluation.tasks=2"));
        overrides.addAll(List.of(more));
        return overrides;
    }

    private Path trained(String name, String... more) {
        Path run = folder.resolve(name);
        Experiment.of(RecipeFile.load(RECIPE, tiny(more))).train(run);
        return run;
    }

    private static MetaState start(String recipe, String... more) {
        Experiment experiment = Experiment.of(RecipeFile.load(recipe, tiny(more)));
        return experiment.algorithm(experiment.joint()).init(new SplittableRandom(3));
    }

    @Test
    @SuppressWarnings("try") // the scope works by being open
    void allMetaParametersAreTakenAndNothingElse() {
        Path first = trained("first");
        Path file = first.resolve("checkpoints/00000004.safetensors");
        for (String from : List.of(first.toString(), file.toString())) {
            try (Scope s = Scope.open();
                    MetaState before = Checkpoints.load(file).state();
                    MetaState start = start(
                            RECIPE, "training.init-from=" + from, "tasks.shot=5", "meta-gradient.name=first-order")) {
                assertThat(start.iteration()).isZero();
                assertThat(start.theta().names())
                        .containsExactlyElementsOf(before.theta().names());
                start.theta()
                        .forEach((name, value) -> assertThat(value.floats())
                                .as(name)
                                .containsExactly(before.theta().get(name).floats()));
                // Adam has moments by now, and here it has none yet.
                assertThat(before.slots().flatten().abs().sum().item()).isPositive();
                assertThat(start.slots().flatten().abs().sum().item()).isZero();
            }
        }
    }

    @Test
    void itSaysWhatItTakesAndIsResumedWithoutItsOrigin() throws Exception {
        Path first = trained("first");
        List<String> heard = new ArrayList<>();
        RunListener notebook = new RunListener() {
            @Override
            public void message(String line) {
                heard.add(line);
            }
        };
        Path second = folder.resolve("second");
        Experiment experiment = Experiment.of(RecipeFile.load(RECIPE, tiny("training.init-from=" + first)));
        experiment.train(second, notebook);
        assertThat(heard)
                .contains("Starting from " + first
                        + " at iteration 4: all 6 tensors of its meta-parameters (1,761 numbers); not its optimiser's"
                        + " state, its count of iterations or its random numbers.");

        Path cut = folder.resolve("cut");
        experiment.train(cut);
        Files.delete(cut.resolve("checkpoints/00000004.safetensors"));
        Files.move(first, folder.resolve("gone"));
        Experiment.resume(cut);
        assertThat(cut.resolve("checkpoints/00000004.safetensors"))
                .hasSameBinaryContentAs(second.resolve("checkpoints/00000004.safetensors"));
    }

    /** Whoever says what is taken has no scope open. */
    @Test
    void aLearnerThatWasExportedIsAnOriginToo() {
        String from = "builtin:omniglot";
        assertThat(new InitFrom(from).words())
                .startsWith("Starting from builtin:omniglot: all ")
                .contains(",", " numbers)");
        try (MetaState start = start("omniglot-builtin-protonet", "training.init-from=" + from, "training.threads=1");
                Origin origin = Origin.open(from)) {
            assertThat(start.theta().names())
                    .containsExactlyElementsOf(origin.theta().names());
            start.theta()
                    .forEach((name, value) -> assertThat(value.floats())
                            .as(name)
                            .containsExactly(origin.theta().get(name).floats()));
        }
        assertThatThrownBy(() -> start(RECIPE, "training.init-from=" + from))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("has no place here; expected the same method and network");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Path first = trained("first");
        String from = "training.init-from=" + first;
        assertThatThrownBy(() -> start(RECIPE, from, "network.hidden=[40,20]"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("training.init-from: meta-parameter")
                .hasMessageContaining("[40, 40] where [20, 40] is needed");
        assertThatThrownBy(() -> start(RECIPE, from, "network.hidden=[40]"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("has no place here; expected the same method and network");
        assertThatThrownBy(() -> start(RECIPE, from, "network.hidden=[40,40,40]"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("has no meta-parameter");
        assertThatThrownBy(() -> start(RECIPE, "training.init-from=" + folder.resolve("none")))
                .isInstanceOf(OptionsException.class)
                .hasMessage("training.init-from: there is no run folder, checkpoint or .dtr file "
                        + folder.resolve("none"));
        assertThatThrownBy(() -> start(RECIPE, from, "training.warm-start=" + first))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("nothing left for training.warm-start");
    }

    /** A recipe that was edited in the run's folder would go on with other tasks or another estimator. */
    @Test
    void aRunWhoseRecipeWasChangedDoesNotGoOn() throws Exception {
        Path run = trained("run");
        Path recipe = run.resolve("recipe.yaml");
        String written = Files.readString(recipe);
        String longer = written.replace("iterations: 4", "iterations: 6");
        Files.writeString(recipe, longer.replace("shot: 10", "shot: 5").replace("steps: 1", "steps: 2"));
        assertThatThrownBy(() -> Experiment.resume(run))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(recipe.toString())
                .hasMessageContaining("tasks.shot was 10 and is 5")
                .hasMessageContaining("--init-from " + run);
        assertThat(run.resolve("checkpoints/00000006.safetensors")).doesNotExist();
        Files.writeString(recipe, written.replaceFirst("validation-tasks: \\d+", "validation-tasks: 7"));
        assertThatThrownBy(() -> Experiment.resume(run))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("evaluation.validation-tasks was ");
        // What changes no iteration that has been done may be written there as well as given.
        Files.writeString(recipe, longer);
        Experiment.resume(run);
        assertThat(run.resolve("checkpoints/00000006.safetensors")).exists();
    }

    /** A rate that falls over all iterations has fallen as if there were four of them. */
    @Test
    void aCourseOverAllIterationsPinsTheirNumberInTheFolder() throws Exception {
        Path run = trained("run", "meta-optimizer.schedule=cosine");
        Path recipe = run.resolve("recipe.yaml");
        String written = Files.readString(recipe);
        Files.writeString(recipe, written.replace("iterations: 4", "iterations: 6"));
        assertThatThrownBy(() -> Experiment.resume(run))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("training.iterations was 4 and is 6");
        Files.writeString(recipe, written);
        Experiment.resume(run);
    }
}
