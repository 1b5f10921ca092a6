package org.deutero.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.Deutero;
import org.deutero.learn.Predictor;
import org.deutero.methods.Methods;
import org.deutero.options.Options;
import org.deutero.serve.ClassifierWriter;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.LearnerDescription;
import org.deutero.serve.Preprocessing;
import org.deutero.serve.Support;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime gives the answers that the classifier gives, for every kind of fixed function. */
class ExportTest {
    private static final int WAY = 5;
    private static final int CLASSES = 3;
    private static final ImageFormat FORMAT = Omniglot.FORMAT;

    @TempDir
    private Path folder;

    private record Case(String method, Map<String, Object> options, Map<String, Object> network) {}

    static Stream<Case> functions() {
        Map<String, Object> conv = Map.of("type", "conv4", "filters", 8);
        Map<String, Object> mlp = Map.of("type", "mlp", "hidden", java.util.List.of(16, 12));
        return Stream.of(
                new Case("protonet", Map.of(), conv),
                new Case("protonet", Map.of("query-statistics", "support"), conv),
                new Case("protonet", Map.of("distance", "cosine"), mlp),
                new Case("nearest-centroid", Map.of(), Map.of("type", "identity")),
                new Case("maml", Map.of("inner-rate", 0.1, "inner-steps", 2), conv),
                new Case(
                        "anil",
                        Map.of("inner-rate", 0.1, "inner-steps", 2),
                        Map.of("type", "strided", "filters", 8, "blocks", 3)),
                new Case(
                        "reptile",
                        Map.of("inner-rate", 0.01),
                        Map.of("type", "mlp", "hidden", java.util.List.of(16), "normalization", "batch")),
                new Case("maml", Map.of("inner-rate", 0.1, "inner-steps", 1), Map.of("type", "lenet")),
                new Case(
                        "maml",
                        Map.of("inner-rate", 0.1, "inner-steps", 1),
                        Map.of("type", "mlp", "hidden", java.util.List.of(16), "activation", "gelu")),
                new Case("proto-maml", Map.of(), conv),
                new Case("baseline", Map.of(), conv),
                new Case("baseline-plus-plus", Map.of(), conv));
    }

    private static BufferedImage drawing(int letter, int item) {
        Picture drawing = Omniglot.drawing(7 * letter, item);
        BufferedImage image = new BufferedImage(drawing.width(), drawing.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < drawing.height(); y++) {
            for (int x = 0; x < drawing.width(); x++) {
                image.getRaster().setSample(x, y, 0, drawing.at(0, y, x));
            }
        }
        return image;
    }

    private static Support support() {
        Support.Builder support = Support.builder();
        for (int c = 0; c < CLASSES; c++) {
            for (int i = 0; i < 3; i++) {
                support.add("letter" + c, drawing(c, i));
            }
        }
        return support.build();
    }

    @SuppressWarnings("unchecked") // pictures make episodes
    private static FewShotClassifier classifier(
            String method, Map<String, Object> options, Map<String, Object> network) {
        LearnerDescription description = new LearnerDescription(
                method,
                options,
                network,
                WAY,
                new Preprocessing(FORMAT, Preprocessing.Kind.PICTURE),
                Optional.empty(),
                Map.of());
        try (Scope s = Scope.open()) {
            Predictor<Episodes> learner = (Predictor<Episodes>) Methods.named(method)
                    .orElseThrow()
                    .learner(
                            Options.at("method", options),
                            Options.at("network", network),
                            TaskShape.images(FORMAT.channels(), FORMAT.height(), WAY));
            Params theta = learner.metaParameters(new SplittableRandom(1));
            // Statistics that an export could forget.
            Params statistics = learner.statistics().map(t -> t.mul(0.1).add(0.02));
            try (TrainedLearner trained = TrainedLearner.of(description, theta, statistics)) {
                return trained.adapt(support());
            }
        }
    }

    private static Map<String, float[]> run(Path file, Picture picture) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {1, FORMAT.channels(), FORMAT.height(), FORMAT.width()};
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor x = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(picture.as(FORMAT).units()), shape);
                OrtSession.Result result = session.run(Map.of(OnnxClassifierWriter.INPUT, x))) {
            return Map.of(
                    "logits",
                    ((float[][]) result.get("logits").orElseThrow().getValue())[0],
                    "probabilities",
                    ((float[][]) result.get("probabilities").orElseThrow().getValue())[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void onnxRuntimeGivesTheSameProbabilities(Case c) throws OrtException {
        Path file = folder.resolve("model.onnx");
        try (FewShotClassifier classifier = classifier(c.method(), c.options(), c.network())) {
            ClassifierWriter.of("onnx").orElseThrow().write(classifier, file);
            double[] seen = new double[2];
            for (int letter = 0; letter < 5; letter++) {
                var expected = classifier.predict(drawing(letter, 7)).probabilities();
                float[] given = run(file, Omniglot.drawing(7 * letter, 7)).get("probabilities");
                assertThat(given).hasSize(CLASSES);
                for (int k = 0; k < CLASSES; k++) {
                    assertThat((double) given[k])
                            .as("letter %d, class %d", letter, k)
                            .isCloseTo(expected.get("letter" + k), within(1e-4));
                    seen[0] = Math.max(seen[0], given[k]);
                }
            }
            assertThat(seen[0]).as("answers that say something").isGreaterThan(0.34);
        }
    }

    @Test
    void temperatureClassesPreprocessingAndThresholdAreNoted() throws OrtException {
        Path file = folder.resolve("letters.onnx");
        try (TrainedLearner learner = Deutero.builtin("omniglot");
                FewShotClassifier classifier = learner.adaptRejecting(support())) {
            ClassifierWriter.of("onnx").orElseThrow().write(classifier, file);
            double temperature =
                    learner.description().calibration().orElseThrow().temperature();
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
                Map<String, String> metadata = session.getMetadata().getCustomMetadata();
                assertThat(metadata)
                        .containsEntry("deutero.classes", "[\"letter0\",\"letter1\",\"letter2\"]")
                        .containsEntry("deutero.temperature", Double.toString(temperature))
                        .containsEntry(
                                "deutero.rejection-threshold",
                                Double.toString(
                                        classifier.rejection().orElseThrow().threshold()));
                assertThat(metadata.get("deutero.preprocessing"))
                        .contains("\"kind\":\"drawing\"", "\"height\":28", "\"inverted\":true", "\"layout\":\"NCHW\"");
            }
            Map<String, float[]> out = run(file, Omniglot.drawing(0, 8));
            double ratio = Math.exp((out.get("logits")[0] - out.get("logits")[1]) / temperature);
            assertThat(out.get("probabilities")[0] / (double) out.get("probabilities")[1])
                    .isCloseTo(ratio, within(ratio * 1e-3));
        }
    }

    @Test
    void whatHasNoTranslationIsASentence() {
        Path file = folder.resolve("model.onnx");
        Map<String, Object> conv = Map.of("type", "conv4", "filters", 8);
        ClassifierWriter onnx = ClassifierWriter.of("onnx").orElseThrow();
        try (FewShotClassifier matching = classifier("matching", Map.of(), conv);
                FewShotClassifier resnet = classifier("protonet", Map.of(), Map.of("type", "resnet10"))) {
            assertThatThrownBy(() -> onnx.write(matching, file))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("a classifier of the method matching is more than a network with weights");
            assertThatThrownBy(() -> onnx.write(resnet, file))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("networks of the type ResNet10 cannot be written as ONNX yet");
        }
        assertThat(Files.exists(file)).isFalse();
    }
}
