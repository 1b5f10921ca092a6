package org.deutero.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.serve.Calibration;
import org.deutero.serve.ClassifierWriter;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.LearnerDescription;
import org.deutero.serve.Preprocessing;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tensor.io.AtomicFiles;
import tools.jackson.databind.json.JsonMapper;

/**
 * Classifiers as standard ONNX files.
 *
 * <p>Input {@code pictures}, float32 [n, channels, height, width] with values in [0, 1]. Outputs {@code logits} and {@code probabilities}, float32 [n, classes]; probabilities are the softmax of logits at the classifier's temperature.
 *
 * <p>Metadata, each a text: {@code deutero.classes}, a JSON list of names in the order of outputs; {@code deutero.preprocessing}, a JSON object that says how a picture becomes an input; {@code deutero.method}; {@code deutero.temperature}; and {@code deutero.rejection-threshold}, the least
 * largest logit of a picture of some class, where the classifier has one.
 */
public final class OnnxClassifierWriter implements ClassifierWriter {
    /** The name of the input. */
    public static final String INPUT = "pictures";

    /** The name of the logits. */
    public static final String LOGITS = "logits";

    /** The name of the probabilities. */
    public static final String PROBABILITIES = "probabilities";

    private static final String N = "n";

    @Override
    public String format() {
        return "onnx";
    }

    @Override
    public void write(FewShotClassifier classifier, Path file) {
        byte[] bytes = classifier.asNetwork(frozen -> bytes(classifier, frozen));
        try {
            AtomicFiles.write(file, out -> out.write(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(FewShotClassifier classifier, FrozenNetwork frozen) {
        LearnerDescription learner = classifier.description();
        ImageFormat format = learner.preprocessing().format();
        int classes = classifier.classes().size();
        double temperature = learner.calibration().map(Calibration::temperature).orElse(1.0);
        GraphWriter graph = new GraphWriter();
        String x = graph.input(INPUT, N, format.channels(), format.height(), format.width());
        // A network with more outputs than there are classes is asked for the first.
        long[] first = IntStream.range(0, classes).asLongStream().toArray();
        String logits =
                graph.node("Gather", Map.of("axis", 1L), NetworkGraph.add(graph, frozen, x), graph.integers(first));
        String scaled = graph.node("Div", logits, graph.constant(temperature));
        graph.output(LOGITS, logits, N, classes);
        graph.output(PROBABILITIES, graph.node("Softmax", Map.of("axis", 1L), scaled), N, classes);
        return graph.model(metadata(classifier, temperature));
    }

    private static Map<String, String> metadata(FewShotClassifier classifier, double temperature) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("deutero.classes", json(classifier.classes()));
        metadata.put("deutero.preprocessing", json(tree(classifier.description().preprocessing())));
        metadata.put("deutero.method", classifier.description().method());
        metadata.put("deutero.temperature", Double.toString(temperature));
        classifier
                .rejection()
                .ifPresent(r -> metadata.put("deutero.rejection-threshold", Double.toString(r.threshold())));
        return metadata;
    }

    private static Map<String, Object> tree(Preprocessing preprocessing) {
        ImageFormat format = preprocessing.format();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", preprocessing.kind().name().toLowerCase(Locale.ROOT));
        tree.put("channels", format.channels() == 1 ? List.of("grey") : List.of("red", "green", "blue"));
        tree.put("height", format.height());
        tree.put("width", format.width());
        tree.put("resampling", format.resampling().name().toLowerCase(Locale.ROOT));
        tree.put("keep-aspect-ratio", preprocessing.kind() == Preprocessing.Kind.DRAWING);
        tree.put("inverted", format.inverted());
        preprocessing.ink().ifPresent(ink -> tree.put("ink", ink.name().toLowerCase(Locale.ROOT)));
        tree.put("range", List.of(0, 1));
        tree.put("layout", "NCHW");
        return tree;
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
