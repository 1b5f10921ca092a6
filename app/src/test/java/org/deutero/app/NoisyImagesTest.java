package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of pictures of which some lie in the wrong place to a classifier and to those pictures, and what may go wrong on the way. */
class NoisyImagesTest {
    private static final List<String> CLASSES = List.of("left", "right", "top");
    private static final int WRONG = 5;

    @TempDir
    private Path folder;

    private Path noisy;
    private Path clean;
    private StringWriter out;
    private StringWriter err;

    /** Bars at one side; five of "left" lie in "right", and are called so. */
    @BeforeEach
    void pictures() throws IOException {
        noisy = folder.resolve("noisy");
        clean = folder.resolve("clean");
        SplittableRandom rng = new SplittableRandom(1);
        for (String name : CLASSES) {
            for (int i = 0; i < 20; i++) {
                picture(noisy.resolve(name).resolve(i + ".png"), name, rng);
            }
            for (int i = 0; i < 6; i++) {
                picture(clean.resolve(name).resolve(i + ".png"), name, rng);
            }
        }
        for (int i = 0; i < WRONG; i++) {
            picture(noisy.resolve("right").resolve("wrong" + i + ".png"), "left", rng);
        }
        Files.copy(clean.resolve("top/0.png"), noisy.resolve("top/known.png"));
    }

    private static void picture(Path file, String name, SplittableRandom rng) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                boolean bar = switch (name) {
                    case "left" -> x < 3;
                    case "right" -> x > 4;
                    default -> y < 3;
                };
                image.getRaster().setSample(x, y, 0, (bar ? 160 : 0) + rng.nextInt(90));
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private int train(String... overrides) {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "noisy-images",
                "--data",
                noisy.toString(),
                "--clean",
                clean.toString(),
                "--out",
                folder.resolve("run").toString()));
        List<String> values = new ArrayList<>(List.of(
                "tasks.size=8",
                "tasks.colour=false",
                "tasks.crop-padding=0",
                "tasks.flip=false",
                "tasks.batch=16",
                "tasks.clean-batch=6",
                "network.filters=6",
                "network.blocks=1",
                "training.iterations=60",
                "training.threads=1"));
        values.addAll(List.of(overrides));
        for (String value : values) {
            args.add("--set");
            args.add(value);
        }
        return run(args.toArray(new String[0]));
    }

    private void refused(String... words) {
        assertThat(train()).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).hasLineCount(1).startsWith("deutero: ").doesNotContain("unexpected", "Exception");
        assertThat(err.toString()).contains(words);
    }

    @Test
    void aClassifierAndItsSuspects() throws IOException {
        assertThat(train()).as(() -> err.toString()).isEqualTo(ExitCode.OK);
        Path run = folder.resolve("run");
        assertThat(out.toString()).contains("Classifier: " + run.resolve("classifier.dtr"));
        assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("clean: " + clean, "noisy-images-noisy");
        List<String> suspects = Files.readAllLines(run.resolve("suspects.csv"));
        assertThat(suspects.get(0)).isEqualTo("file,label,believed,probability,weight,loss");
        assertThat(suspects.subList(1, 1 + WRONG))
                .allSatisfy(line -> assertThat(line).startsWith("right/wrong").contains(",right,left,"));
        String page = Files.readString(run.resolve("suspects.html"));
        assertThat(page).contains("right/wrong0.png", "data:image/png;base64", "of 65 training pictures");
        assertThat(Files.readString(run.resolve("report.html"))).contains("href=\"suspects.html\"");

        Path classifier = run.resolve("classifier.dtr");
        String picture = clean.resolve("top/3.png").toString();
        assertThat(run("predict", classifier.toString(), picture, "--top", "1")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("top").doesNotContain("left");

        Files.delete(classifier);
        assertThat(run("export", run.toString())).isEqualTo(ExitCode.OK);
        assertThat(classifier).exists();
        assertThat(run("adapt", run.toString(), "--support", clean.toString(), "--out", folder + "/x.dtr"))
                .isNotEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("learns no others", "deutero predict");
    }

    @Test
    void foldersThatDoNotMatchAreRefused() throws IOException {
        Files.move(clean.resolve("top"), clean.resolve("bottom"));
        refused("clean has no class 'top'", "clean pictures");
        Files.move(clean.resolve("bottom"), folder.resolve("bottom"));
        Files.move(noisy.resolve("top"), folder.resolve("top"));
        Files.move(folder.resolve("bottom"), clean.resolve("bottom"));
        refused("noisy has no class 'bottom'");
    }

    @Test
    void tooFewCleanPicturesAreRefused() throws IOException {
        for (int i = 1; i < 6; i++) {
            Files.delete(clean.resolve("left").resolve(i + ".png"));
        }
        refused("class 'left' of", "has 1 picture, but at least 2");
    }

    @Test
    void cleanPicturesAreForRecipesThatNeedThem() {
        assertThat(run(
                        "train",
                        "noisy-images",
                        "--data",
                        noisy.toString(),
                        "--clean",
                        folder + "/none",
                        "--out",
                        folder + "/refused"))
                .isNotEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("none (tasks.clean) do not exist");
        assertThat(run("train", "omniglot-5way-1shot-protonet-small", "--clean", clean.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--clean is for recipes about pictures of your own");
    }
}
