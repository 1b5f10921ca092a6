package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.omniglot.Omniglot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a run to labels on the command line; every mistake is one sentence. */
class ServeCommandsTest {
    private static final String RECIPE = "name: tiny\n"
            + "tasks: {source: omniglot, queries: 3}\n"
            + "method: {name: protonet}\n"
            + "network: {filters: 8}\n"
            + "training: {iterations: 10, meta-batch: 2, validate-every: 5}\n"
            + "evaluation: {tasks: 5, validation-tasks: 5, examples: 0}\n";

    @TempDir
    private static Path shared;

    private static Path run;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path examples;
    private Path model;

    @BeforeAll
    static void train() throws IOException {
        run = shared.resolve("run");
        Path recipe = Files.writeString(shared.resolve("r.yaml"), RECIPE);
        StringWriter said = new StringWriter();
        assertThat(Main.run(
                        new PrintWriter(said, true),
                        new PrintWriter(said, true),
                        "train",
                        recipe.toString(),
                        "--out",
                        run.toString()))
                .as(said.toString())
                .isZero();
        assertThat(said.toString()).contains("Learner: " + run.resolve("learner.dtr"));
    }

    @BeforeEach
    void draw() throws IOException {
        examples = folder.resolve("examples");
        model = folder.resolve("model.dtr");
        for (int n = 0; n < 3; n++) {
            for (int i = 0; i <= n; i++) {
                write(examples.resolve("letter" + n + "/" + i + ".png"), 1300 + 9 * n, i);
            }
        }
    }

    private static Path write(Path file, int character, int item) throws IOException {
        Picture drawing = Omniglot.drawing(character, item);
        BufferedImage image = new BufferedImage(drawing.width(), drawing.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < drawing.height(); y++) {
            for (int x = 0; x < drawing.width(); x++) {
                image.getRaster().setSample(x, y, 0, drawing.at(0, y, x));
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private int run(Object... words) {
        String[] args = new String[words.length];
        for (int i = 0; i < args.length; i++) {
            args[i] = words[i].toString();
        }
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private int adapt() {
        return run("adapt", run, "--support", examples, "--out", model);
    }

    private void refused(int code, int expected, String... words) {
        assertThat(code).isEqualTo(expected);
        assertThat(err.toString())
                .hasLineCount(1)
                .startsWith("deutero: ")
                .doesNotContain("unexpected", "Exception")
                .contains(words);
        assertThat(model).doesNotExist();
    }

    @Test
    void fromARunToLabels() throws IOException {
        assertThat(adapt()).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("letter2", "3 pictures", "1 picture", "protonet to 3 classes from 6 pictures");
        Path own = examples.resolve("letter0/0.png");
        assertThat(run("predict", model, own, examples.resolve("letter1/1.png")))
                .isZero();
        assertThat(out.toString()).hasLineCount(2).contains("0.png", "letter0", " %");

        assertThat(run("predict", model, own, "--json", "--top", 2)).isZero();
        JsonNode line = JsonMapper.shared().readTree(out.toString());
        assertThat(line.path("file").asString()).isEqualTo(own.toString());
        assertThat(line.path("label").asString()).isEqualTo("letter0");
        assertThat(line.path("probabilities").size()).isEqualTo(2);
        assertThat(line.path("probability").asDouble())
                .isEqualTo(line.path("probabilities").path("letter0").asDouble());
    }

    @Test
    void oneBadPictureDoesNotStopTheOthers() throws IOException {
        assertThat(adapt()).isZero();
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        Path own = examples.resolve("letter0/0.png");
        assertThat(run("predict", model, text, own, "--json")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).hasLineCount(1).contains("text.png is not a PNG or JPEG image");
        assertThat(out.toString().lines().toList()).hasSize(2).anyMatch(l -> l.contains("\"error\""));
    }

    @Test
    void anExportedLearnerStandsForItsRunAndEqualRunsExportEqualBytes() throws IOException {
        Path file = folder.resolve("learner.dtr");
        assertThat(run("export", run, "--out", file)).isZero();
        assertThat(out.toString()).contains("temperature", "expected calibration error");
        assertThat(file).hasSameBinaryContentAs(run.resolve("learner.dtr"));
        assertThat(run("adapt", file, "--support", examples, "--out", model)).isZero();
        byte[] fromFile = Files.readAllBytes(model);
        Files.delete(model);
        assertThat(adapt()).isZero();
        assertThat(model).hasBinaryContent(fromFile);
    }

    @Test
    void aFolderIsLabelledAndScoredWhereItsFoldersAreClasses() throws IOException {
        assertThat(adapt()).isZero();
        Path mixed = folder.resolve("mixed");
        Path loose = write(mixed.resolve("loose.png"), 1300, 0);
        write(mixed.resolve("letter0/a.png"), 1300, 0);
        write(mixed.resolve("letter1/wrong.png"), 1300, 0);
        write(mixed.resolve("stranger/b.png"), 1309, 0);
        Files.writeString(mixed.resolve("letter1/a.webp"), "no picture");
        assertThat(run("predict", model, mixed)).isZero();
        assertThat(out.toString())
                .contains(loose.toString(), "wrong: letter1", "Accuracy 50.0 %: 1 of 2 pictures")
                .contains("letter1: 0 of 1; taken for letter0 1", "no such class: stranger 1");
        assertThat(err.toString()).contains("Passed over", "1 .webp");
        assertThat(run("predict", model, mixed, "--json", "--top", 1)).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2)).contains("\"truth\":\"letter1\",\"correct\":false");
        JsonNode score = JsonMapper.shared().readTree(lines.get(4));
        assertThat(score.path("accuracy").asDouble()).isEqualTo(0.5);
        assertThat(score.path("confusions").path("letter1").path("letter0").asInt())
                .isEqualTo(1);
        assertThat(run("predict", model, Files.createDirectory(folder.resolve("nothing"))))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("no PNG or JPEG pictures in");
    }

    @Test
    void picturesMayHaveAnyName() throws IOException {
        assertThat(adapt()).isZero();
        Path place = folder.resolve("names");
        for (String name : new String[] {"@cross.png", "100%.png", "a b.png", "line\nbreak.png", "'quoted'.png"}) {
            Path file = write(place.resolve(name), 1300, 0);
            assertThat(run("predict", model, file)).as(name).isZero();
            assertThat(out.toString()).hasLineCount(1).contains("letter0");
        }
        // Relative to where tests run, so that the name is what begins with a minus, or with -h.
        for (String name : new String[] {"-minus.png", "-hash.png"}) {
            Path file = write(Path.of(name), 1300, 0);
            try {
                assertThat(run("predict", model, name)).isEqualTo(ExitCode.USAGE);
                assertThat(err.toString()).hasLineCount(1).contains("./" + name, "or --");
                assertThat(run("predict", model, "--", name)).isZero();
                assertThat(run("predict", model, "./" + name)).isZero();
            } finally {
                Files.delete(file);
            }
        }
        Path list = Files.writeString(folder.resolve("list"), "x");
        assertThat(run("predict", model, "@" + list)).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("there is no picture @");
    }

    @Test
    void onlyOurOwnFilesAreWritten() {
        for (String name : new String[] {"x.onnx", "model.pt", "model.safetensors", "a.dtr.zip"}) {
            refused(run("export", run, "--out", folder.resolve(name)), 2, "only Deutero's own .dtr", name);
            refused(run("adapt", run, "--support", examples, "--out", folder.resolve(name)), 2, "only", name);
            assertThat(folder.resolve(name)).doesNotExist();
        }
        refused(run("adapt", run, "--support", examples, "--out", folder), 2, "--out is the folder");
        refused(run("export", run, "--set", "tasks.way=3"), 2, "cannot change tasks.way", "tasks.path");
    }

    @Test
    void evaluationForScripts() {
        assertThat(run("evaluate", run, "--tasks", 3, "--json")).isZero();
        JsonNode figure = JsonMapper.shared().readTree(out.toString());
        assertThat(figure.path("tasks").asInt()).isEqualTo(3);
        assertThat(figure.path("metric-name").asString()).isEqualTo("accuracy");
        assertThat(figure.path("metric").isNumber()).isTrue();
        assertThat(run("evaluate", run, "--set", "tasks.way=2", "--json", "--tasks", 2))
                .isZero();
        assertThat(JsonMapper.shared()
                        .readTree(out.toString())
                        .path("conditions")
                        .get(0)
                        .asString())
                .isEqualTo("tasks.way=2");
    }

    @Test
    void badExamples() throws IOException {
        refused(run("adapt", run, "--support", folder.resolve("gone"), "--out", model), 1, "gone is not a folder");
        refused(run("adapt", run, "--encoder", "e.onnx", "--support", examples, "--out", model), 2, "not both");
        refused(run("adapt", "--support", examples, "--out", model), 2, "adapt needs a learner");
        refused(run("adapt", run, "--support", examples.resolve("letter0"), "--out", model), 1, "no classes");
        Files.createDirectory(examples.resolve("empty"));
        refused(adapt(), 1, "empty holds no PNG or JPEG images");
        Files.writeString(examples.resolve("empty/text.png"), "no picture");
        refused(adapt(), 1, "text.png is not a PNG or JPEG image");
    }

    @Test
    void badLearnersAndModels() throws IOException {
        refused(
                run("adapt", folder.resolve("gone"), "--support", examples, "--out", model),
                2,
                "no run folder or .dtr");
        refused(run("adapt", folder, "--support", examples, "--out", model), 1, "holds no learner.dtr");
        refused(run("adapt", "builtin:nonesuch", "--support", examples, "--out", model), 1, "no learner \"nonesuch\"");
        refused(run("predict", folder.resolve("gone.dtr"), "a.png"), 1, "there is no file");
        refused(run("predict", run.resolve("learner.dtr"), "a.png"), 1, "adapt it to examples first");
        refused(run("predict", "builtin:omniglot", "a.png"), 2, "deutero adapt builtin:omniglot");
        refused(run("predict", run, "a.png"), 2, "is a folder", "deutero adapt " + run);
        refused(run("predict", run.resolve("recipe.yaml"), "a.png"), 1, "no .dtr file");
        refused(run("predict", model), 2, "predict needs pictures");
        refused(run("predict", model, "a.png", "--top", 0), 2, "--top must be at least 1");
        refused(run("predict", model, "--watch", folder.resolve("gone")), 2, "no folder");
    }

    @Test
    void curvesCannotBeServed() throws IOException {
        Path curves = folder.resolve("curves");
        Path recipe = Files.writeString(
                folder.resolve("c.yaml"),
                "tasks: {source: sinusoid}\nmethod: {name: maml}\ntraining: {iterations: 1, meta-batch: 1}\n"
                        + "evaluation: {tasks: 2, validation-tasks: 2}\n");
        assertThat(run("train", recipe, "--out", curves)).isZero();
        assertThat(curves.resolve("learner.dtr")).doesNotExist();
        refused(run("adapt", curves, "--support", examples, "--out", model), 2, "only learners of pictures");
    }
}
