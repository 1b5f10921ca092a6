package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake ends in one sentence and an exit code other than zero. */
class BadInputTest {
    private static final String TINY = "method: {name: maml}\n"
            + "tasks: {source: sinusoid, shot: 5}\n"
            + "training: {iterations: 20, meta-batch: 4, checkpoint-every: 5}\n"
            + "evaluation: {tasks: 5, validation-tasks: 5}\n";

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private Path recipe;

    @BeforeEach
    void writeRecipe() throws IOException {
        recipe = Files.writeString(folder.resolve("r.yaml"), TINY);
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), args);
    }

    private int train(String... overrides) {
        List<String> args = new ArrayList<>(List.of(
                "train", recipe.toString(), "--out", folder.resolve("run").toString()));
        for (String override : overrides) {
            args.add("--set");
            args.add(override);
        }
        return run(args.toArray(new String[0]));
    }

    private String sentence() {
        assertThat(err.toString()).hasLineCount(1).startsWith("deutero: ").doesNotContain("unexpected", "Exception");
        return err.toString();
    }

    @Test
    void unknownKey() {
        assertThat(train("method.inner-rat=1")).isEqualTo(ExitCode.USAGE);
        assertThat(sentence()).contains("method.inner-rat").contains("inner-rate");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void estimatorThatDoesNotFitTheMethod() throws IOException {
        Files.writeString(recipe, "method: protonet\nmeta-gradient: mixed-mode\n");
        assertThat(train()).isEqualTo(ExitCode.USAGE);
        assertThat(sentence())
                .contains("meta-gradient mixed-mode does not fit this method: it needs a learner that follows");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void searchThatLeavesNothingToAMetaOptimizer() {
        assertThat(train("meta-gradient.name=cma-es", "meta-optimizer.rate=0.1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(sentence())
                .contains("meta-gradient cma-es moves the meta-parameters itself, so the recipe must not have a"
                        + " meta-optimizer with settings of its own");
        err.getBuffer().setLength(0);
        assertThat(train("meta-gradient.name=cma-es")).as(err.toString()).isEqualTo(ExitCode.OK);
    }

    @Test
    void estimatorThatWouldLeaveTheInitialisationUntrained() {
        assertThat(train("meta-gradient.name=truncated", "method.inner-steps=3"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("deutero: going back over the last 1 of 3 steps would leave")
                .contains("untrained")
                .doesNotContain("Exception");
    }

    @Test
    void missingDataPath() throws IOException {
        Files.writeString(recipe, "method: {name: maml}\ntasks: {source: images, path: nowhere}\n");
        assertThat(train()).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("nowhere");
        assertThat(folder.resolve("run").resolve("recipe.yaml")).doesNotExist();
    }

    @Test
    void wayLargerThanTheNumberOfClasses() throws IOException {
        Files.writeString(recipe, "method: {name: protonet}\ntasks: {source: omniglot, way: 500}\n");
        assertThat(train()).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("500 ways");
    }

    @Test
    void tooFewImagesInAClass() throws IOException {
        Files.writeString(recipe, "method: {name: maml}\ntasks: {source: omniglot, shot: 10}\n");
        assertThat(train()).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("20 images").contains("25");
    }

    @Test
    void outputFolderThatCannotBeMade() {
        assertThat(run(
                        "train",
                        recipe.toString(),
                        "--out",
                        recipe.resolve("run").toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("cannot be made");
    }

    @Test
    void divergingRateKeepsTheLastGoodCheckpoint() {
        assertThat(train("meta-optimizer.name=sgd", "meta-optimizer.rate=1e6")).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("at iteration").contains("smaller learning rate");
    }

    @Test
    void checkpointThatIsNone() throws IOException {
        assertThat(train()).isEqualTo(ExitCode.OK);
        err.getBuffer().setLength(0);
        Files.writeString(folder.resolve("run/checkpoints/best.safetensors"), "not a checkpoint");
        assertThat(run("evaluate", folder.resolve("run").toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("best.safetensors");
    }

    @Test
    void clustersNeedTheirModule() {
        Path out = folder.resolve("never");
        assertThat(run("train", "sinusoid-10shot-maml-small", "--out", out.toString(), "--master", "local[2]"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(sentence()).contains("--master local[2]", "\"deutero install spark\" fetches it");
        assertThat(out).doesNotExist();
    }

    @Test
    void folderThatIsNoRun() {
        assertThat(run("evaluate", folder.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(sentence()).contains("not the folder of a run");
        err.getBuffer().setLength(0);
        assertThat(run("train", "--resume", folder.resolve("gone").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(sentence()).contains("there is no run folder");
    }
}
