package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.omniglot.Omniglot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code predict} gives besides a table, and classifiers that gain and lose classes, on the command line. */
class AnswersTest {
    @TempDir
    private static Path shared;

    private static Path examples;
    private static Path asked;
    private static Path model;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void adapt() throws IOException {
        examples = shared.resolve("examples");
        asked = shared.resolve("asked");
        model = shared.resolve("model.dtr");
        for (int c = 0; c < 6; c++) {
            for (int i = 0; i < 4; i++) {
                if (c < 4) {
                    write(examples.resolve("letter" + c + "/" + i + ".png"), c, i);
                }
                if (i < 2) {
                    write(asked.resolve("letter" + c + "/q" + i + ".png"), c, 10 + i);
                }
            }
        }
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said, true);
        String[] words = {
            "adapt", "builtin:omniglot", "--support", examples.toString(), "--out", model.toString(), "--reject"
        };
        assertThat(Main.run(to, to, words)).as(said.toString()).isZero();
        assertThat(said.toString())
                .contains("Of pictures left out of their class it rejects", "(of 16), of classes left out it takes");
    }

    private static void write(Path file, int letter, int item) throws IOException {
        Picture drawing = Omniglot.drawing(Omniglot.vinyals().test().get(37 * letter), item);
        BufferedImage image = new BufferedImage(drawing.width(), drawing.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < drawing.height(); y++) {
            for (int x = 0; x < drawing.width(); x++) {
                image.getRaster().setSample(x, y, 0, drawing.at(0, y, x));
            }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private int run(Object... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Stream.of(words).map(Object::toString).toArray(String[]::new));
    }

    private void refused(int code, int expected, String... words) {
        assertThat(code).as("%s%s", out, err).isEqualTo(expected);
        assertThat(err.toString())
                .hasLineCount(1)
                .startsWith("deutero: ")
                .doesNotContain("unexpected", "Exception")
                .contains(words);
    }

    @Test
    void commaSeparatedValuesHaveAColumnForEverything() throws IOException {
        Path odd = Files.copy(asked.resolve("letter0/q0.png"), folder.resolve("a, \"b\".png"));
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        assertThat(run("predict", model, odd, text, asked, "--csv", "--top", 2, "--reject"))
                .isEqualTo(ExitCode.FAILURE);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(1 + 2 + 12);
        assertThat(lines.get(0)).isEqualTo("file,label,probability,truth,blank,rejected,error,label2,probability2");
        assertThat(lines.get(1)).startsWith("\"" + odd.toString().replace("\"", "\"\"") + "\",letter0,0.");
        assertThat(lines.get(2)).startsWith(text + ",,,,,,").contains("is not a PNG or JPEG image");
        assertThat(lines.get(3).split(",", -1)).hasSize(9).contains("letter0", "false");
        assertThat(err.toString()).contains("Accuracy ", "Rejected ");
    }

    @Test
    void picturesOfNoClassAreToldAndScored() throws IOException {
        assertThat(run("predict", model, asked, "--reject")).isZero();
        assertThat(out.toString())
                .contains("none of these", "of 4 pictures in folders that are none of the classes (letter4, letter5)");
        assertThat(run("predict", model, asked.resolve("letter5/q0.png"), "--reject", "--json"))
                .isZero();
        JsonNode line = JsonMapper.shared().readTree(out.toString());
        assertThat(line.path("rejected").asBoolean()).isTrue();
        assertThat(line.path("label").asString()).startsWith("letter");
        assertThat(run("predict", model, asked, "--json")).isZero();
        assertThat(out.toString()).doesNotContain("rejected").contains("not-scored");
    }

    @Test
    void patternsAreExpanded() {
        assertThat(run("predict", model, asked + "/**/q1.png")).isZero();
        assertThat(out.toString()).hasLineCount(6).doesNotContain("q0");
        assertThat(run("predict", model, asked + "/letter[01]/*.png")).isZero();
        assertThat(out.toString()).hasLineCount(4).doesNotContain("letter2/");
        assertThat(run("predict", model, asked + "/letter0/**/q?.{png,jpg}")).isZero();
        assertThat(out.toString()).hasLineCount(2);
        refused(run("predict", model, asked + "/*.webp"), ExitCode.USAGE, "no file matches");
        refused(run("predict", model, folder + "/gone/*.png"), ExitCode.USAGE, "there is no folder");
        refused(run("predict", model, asked + "/[a"), ExitCode.USAGE, "is no pattern of file names");
    }

    @Test
    void aPageShowsPicturesAnswersAndConfidences() throws IOException {
        Path page = folder.resolve("answers.html");
        Path named = folder.resolve("<b>&.png");
        Files.copy(asked.resolve("letter1/q0.png"), named);
        assertThat(run("predict", model, asked, named, "--reject", "--page", page))
                .isZero();
        assertThat(out.toString()).contains("Page: " + page);
        String html = Files.readString(page);
        assertThat(html)
                .contains("13 pictures", "none of these", "<b>letter0</b>", "class=\"answer right\"", "Rejected ")
                .contains("&lt;b&gt;&amp;.png")
                .doesNotContain("<b>&.png")
                .doesNotContain("http://", "https://");
        assertThat(html.split("data:image/png;base64,", -1)).hasSize(14);
        refused(run("predict", model, "--watch", asked, "--page", page), ExitCode.USAGE, "does not go with --watch");
        refused(run("predict", model, asked, "--page", folder), ExitCode.USAGE, "expected a file");
        refused(
                run("predict", model, named, "--page", folder.resolve("gone/a.html")),
                ExitCode.FAILURE,
                "there is no folder");
    }

    @Test
    void onnxNeedsItsModule() {
        Path onnx = folder.resolve("model.onnx");
        refused(run("export", model, "--onnx", onnx), ExitCode.USAGE, "\"deutero install onnx\" fetches it");
        refused(run("export", "builtin:omniglot", "--onnx", onnx), ExitCode.USAGE, "knows no classes");
        refused(
                run("export", model, "--onnx", onnx, "--out", folder.resolve("x.dtr")),
                ExitCode.USAGE,
                "do not go with it");
        assertThat(onnx).doesNotExist();
    }

    @Test
    void classesComeAndGo() throws IOException {
        Path more = folder.resolve("more");
        for (int i = 0; i < 3; i++) {
            write(more.resolve("letter4/" + i + ".png"), 4, i);
        }
        Path changed = folder.resolve("changed.dtr");
        assertThat(run("adapt", model, "--add", more, "--remove", "letter3", "--out", changed))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("letter4  3 pictures", "is left out")
                .doesNotContain("letter3");
        assertThat(run("predict", changed, asked.resolve("letter4"))).isZero();
        assertThat(out.toString()).hasLineCount(2).contains("letter4  ");

        refused(run("predict", changed, asked, "--reject"), ExitCode.USAGE, "has no threshold to reject by");
        Path none = folder.resolve("none.dtr");
        refused(run("adapt", model, "--remove", "x", "--out", none), 1, "has no class 'x'");
        refused(run("adapt", model, "--out", none), 2, "--support", "--add");
        refused(run("adapt", model, "--support", more, "--add", more, "--out", none), 2, "one or the other");
        refused(run("adapt", model, "--add", more, "--reject", "--out", none), 2, "adapt the learner again");
        refused(run("adapt", "builtin:omniglot", "--add", more, "--out", none), 2, "a learner that knows no classes");
        refused(run("adapt", model, "--support", more, "--out", none), 1, "--add DIR --remove CLASS");
        assertThat(none).doesNotExist();
    }
}
