package org.deutero.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deutero.Deutero;
import org.deutero.app.Main;
import org.deutero.options.OptionsException;
import org.deutero.serve.Encoders;
import org.deutero.serve.FeatureEncoder;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.Support;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An encoder in an ONNX file carries heads through adapt, predict and training on its features; what does not fit is said. */
class EncoderTest {
    private static final String[] COLOURS = {"red", "green", "blue"};

    @TempDir
    private Path folder;

    /** The mean colour: what it must be is known. */
    private Path meanColour(String name, boolean channelsLast, Object... dimensions) throws IOException {
        GraphWriter graph = new GraphWriter();
        String x = graph.input("x", dimensions);
        String planes = channelsLast ? graph.node("Transpose", Map.of("perm", new long[] {0, 3, 1, 2}), x) : x;
        graph.output("features", graph.node("Flatten", graph.node("GlobalAveragePool", planes)), "n", "width");
        return Files.write(folder.resolve(name), graph.model(Map.of()));
    }

    private Path meanColour() throws IOException {
        return meanColour("mean.onnx", false, "n", 3, "h", "w");
    }

    private static Picture halves() {
        byte[] pixels = new byte[3 * 4 * 8];
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 8; x++) {
                pixels[y * 8 + x] = (byte) (x >= 2 && x < 6 ? 200 : 0); // red in the middle only
                pixels[32 + y * 8 + x] = 100; // green
                pixels[64 + y * 8 + x] = (byte) 250; // blue
            }
        }
        return Picture.of(3, 4, 8, pixels);
    }

    private static float[] features(Path file, Map<String, Object> options) {
        try (FeatureEncoder encoder = Encoders.open(file, options)) {
            return encoder.features(halves());
        }
    }

    @Test
    void picturesArePreparedAsTold() throws IOException {
        Path file = meanColour();
        assertThat(features(file, Map.of("size", List.of(8, 8))))
                .containsExactly(new float[] {100 / 255f, 100 / 255f, 250 / 255f}, within(1e-5f));
        assertThat(features(file, Map.of("size", List.of(4, 4), "resize", 4)))
                .as("the middle is cut out")
                .containsExactly(new float[] {200 / 255f, 100 / 255f, 250 / 255f}, within(1e-5f));
        assertThat(features(
                        file,
                        Map.of(
                                "size",
                                List.of(4, 8),
                                "range",
                                255,
                                "order",
                                "bgr",
                                "mean",
                                List.of(50.0, 0.0, 10.0),
                                "deviation",
                                List.of(2.0, 1.0, 4.0))))
                .as("mean and deviation are the encoder's channels'")
                .containsExactly(new float[] {100, 100, 22.5f}, within(1e-3f));
    }

    @Test
    void dimensionsAreReadAndAFileBesideSaysTheRest() throws IOException {
        Path last = meanColour("last.onnx", true, 1, 6, 10, 3);
        Files.writeString(folder.resolve("last.json"), "{\"range\": 255, \"mean\": [100, 100, 100]}");
        assertThat(features(last, Map.of())).containsExactly(new float[] {0, 0, 150}, within(0.01f));
        try (FeatureEncoder encoder = Encoders.open(last, Map.of())) {
            var in = encoder.reference().input();
            assertThat(List.of(in.height(), in.width(), in.channels())).containsExactly(6, 10, 3);
            assertThat(in.channelsLast()).isTrue();
            assertThat(encoder.reference().width()).isEqualTo(3);
        }
        assertThat(features(last, Map.of("mean", List.of(0.0)))[2])
                .as("options go before the file")
                .isCloseTo(250, within(0.01f));
    }

    private static BufferedImage patch(int colour, Random random) {
        BufferedImage image = new BufferedImage(20, 14, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        int[] c = new int[3];
        for (int i = 0; i < 3; i++) {
            c[i] = (i == colour ? 170 : 60) + random.nextInt(50);
        }
        g.setColor(new Color(c[0], c[1], c[2]));
        g.fillRect(0, 0, 20, 14);
        g.dispose();
        return image;
    }

    private static Support patches() {
        Random random = new Random(1);
        Support.Builder support = Support.builder();
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 4; i++) {
                support.add(COLOURS[c], patch(c, random));
            }
        }
        return support.build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nearest-centroid", "simpleshot", "r2d2"})
    void headsLearnFromFeaturesAndAreKeptWithoutTheEncoder(String head) throws IOException {
        Path file = meanColour();
        Path model = folder.resolve("model.dtr");
        Map<String, Object> options = head.equals("r2d2") ? Map.of("choose-lambda", true) : Map.of();
        try (FeatureEncoder encoder = Encoders.open(file, Map.of("size", 16));
                TrainedLearner learner = TrainedLearner.over(encoder, head, options);
                FewShotClassifier classifier = learner.adaptRejecting(patches())) {
            classifier.save(model);
            Random random = new Random(2);
            try (FewShotClassifier loaded = Deutero.classifier(model)) {
                for (int c = 0; c < 3; c++) {
                    BufferedImage asked = patch(c, random);
                    assertThat(loaded.predict(asked).label()).isEqualTo(COLOURS[c]);
                    assertThat(loaded.predict(asked)).isEqualTo(classifier.predict(asked));
                }
                assertThatThrownBy(() -> new OnnxClassifierWriter().write(loaded, folder.resolve("m.onnx")))
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("stands on an encoder from elsewhere");
            }
        }
        meanColour("other.onnx", true, 1, 6, 10, 3);
        Files.copy(folder.resolve("other.onnx"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Deutero.classifier(model))
                .isInstanceOfAny(DataException.class, OptionsException.class);
        Files.delete(file);
        assertThatThrownBy(() -> Deutero.classifier(model))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("mean.onnx is gone");
    }

    @Test
    void whatDoesNotFitIsASentence() throws IOException {
        Path file = meanColour();
        refused(file, Map.of("sise", 3), "encoder.sise");
        refused(file, Map.of("size", 8, "resize", 4), "encoder.resize is 4");
        refused(file, Map.of("mean", List.of(1.0, 2.0)), "has 2 numbers, but pictures have 3 channels");
        refused(file, Map.of("output", "logits"), "but " + file + " has features");
        refused(file, Map.of("deviation", List.of(0.0)), "expected positive numbers");
        refused(meanColour("b.onnx", false, 8, 3, 4, 4), Map.of(), "takes exactly 8 pictures at a time");
        refused(meanColour("c.onnx", false, "n", 4, 5, 5), Map.of(), "takes pictures of 4 channels");
        refused(meanColour("d.onnx", false, "n", 3, 5, 5), Map.of("size", 8), "takes pictures of 5x5 only");
        refused(meanColour("e.onnx", false, "n", 3, 7), Map.of(), "expected a batch of pictures");
        refused(Files.writeString(folder.resolve("f.onnx"), "no network"), Map.of(), "is damaged or no ONNX file");
        refused(Files.writeString(folder.resolve("f.pt"), "x"), Map.of(), "expected a file that ends in .onnx");
        refused(folder.resolve("gone.onnx"), Map.of(), "there is no encoder");
        Files.writeString(folder.resolve("mean.json"), "[1]");
        refused(file, Map.of(), "mean.json is no JSON object");
    }

    private static void refused(Path file, Map<String, Object> options, String words) {
        assertThatThrownBy(() -> Encoders.open(file, options).close())
                .isInstanceOfAny(DataException.class, OptionsException.class)
                .hasMessageContaining(words);
    }

    private static String run(int code, Object... words) {
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said, true);
        assertThat(Main.run(to, to, Stream.of(words).map(Object::toString).toArray(String[]::new)))
                .as(said.toString())
                .isEqualTo(code);
        return said.toString();
    }

    @Test
    void onTheCommandLine() throws IOException {
        Path file = meanColour();
        Random random = new Random(3);
        Path data = folder.resolve("data");
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 6; i++) {
                Path picture = data.resolve(COLOURS[c] + "/" + i + ".png");
                Files.createDirectories(picture.getParent());
                ImageIO.write(patch(c, random), "png", picture.toFile());
            }
        }
        assertThat(run(0, "encoder", "inspect", file, "--encoder-set", "size=16"))
                .contains(
                        "input x",
                        "float [?, 3, ?, ?]",
                        "3 numbers, of the output features",
                        "16x16, red, green, blue, NCHW");
        Path model = folder.resolve("model.dtr");
        run(0, "adapt", "--encoder", file, "--encoder-set", "size=16", "--support", data, "--out", model);
        assertThat(run(0, "predict", model, data)).contains("Accuracy 100.0 %");
        assertThat(run(2, "adapt", "--encoder", file, "--head", "maml", "--support", data, "--out", model))
                .contains("--head is maml; expected one of simpleshot");
        assertThat(run(2, "adapt", "builtin:omniglot", "--head", "r2d2", "--support", data, "--out", model))
                .contains("are for encoders from elsewhere");
        assertThat(run(1, "encoder", "inspect", folder.resolve("gone.onnx"))).contains("there is no encoder");
    }

    @Test
    void trainingOnFrozenFeaturesIsMeasured() throws IOException {
        Path file = meanColour();
        Files.writeString(folder.resolve("mean.json"), "{\"size\": 8}");
        Random random = new Random(4);
        Path data = folder.resolve("data");
        for (int c = 0; c < 6; c++) {
            for (int i = 0; i < 4; i++) {
                Path picture = data.resolve("colour" + c + "/" + i + ".png");
                Files.createDirectories(picture.getParent());
                ImageIO.write(patch(c % 3, random), "png", picture.toFile());
            }
        }
        Path recipe = Files.writeString(
                folder.resolve("r.yaml"),
                "name: frozen\ntasks: {source: images, path: '" + data
                        + "', cache: none, size: 12, colour: true, way: 2, queries: 2, rotation: none, embedding: '"
                        + file + "'}\n"
                        + "method: {name: r2d2}\nnetwork: {type: identity}\n"
                        + "training: {iterations: 2, meta-batch: 2}\nevaluation: {tasks: 4, validation-tasks: 2, examples: 0}\n");
        Path out = folder.resolve("run");
        assertThat(run(0, "train", recipe, "--out", out)).contains("Test accuracy");
        assertThat(run(0, "evaluate", out, "--tasks", 6)).contains("Test accuracy");
    }
}
