package org.deutero.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.deutero.Deutero;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.methods.metric.Prototypes;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.LearnerDescription;
import org.deutero.serve.Prediction;
import org.deutero.serve.Preprocessing;
import org.deutero.serve.Support;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.nn.ConvNet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One picture labelled by a saved classifier: decoded or not, preprocessing, network, probabilities. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PredictBenchmark {
    private static final int CLASSES = 5;

    /** Side of the picture in pixels: as published, and from a camera. */
    @Param({"105", "1050"})
    public int side;

    private FewShotClassifier classifier;
    private BufferedImage image;

    /** Saves a classifier by an untrained Conv-4 of 64 filters, as fast as a trained one, and loads it. */
    @Setup
    public void setUp() throws IOException {
        LearnerDescription description = new LearnerDescription(
                "protonet",
                Map.of("query-statistics", "running"),
                Map.of("filters", 64),
                CLASSES,
                new Preprocessing(Omniglot.FORMAT, Preprocessing.Kind.DRAWING),
                Optional.empty(),
                Map.of());
        MetricLearner learner = new MetricLearner(
                ConvNet.encoder(1, 28, 64), Prototypes.EUCLIDEAN, QueryStatistics.RUNNING, DType.FLOAT32);
        Support.Builder support = Support.builder();
        for (int c = 0; c < CLASSES; c++) {
            support.add("class" + c, picture(c, 0, 1));
        }
        Path file = Files.createTempFile("deutero-bench", ".dtr");
        try (Scope s = Scope.open();
                TrainedLearner trained = TrainedLearner.of(
                        description, learner.metaParameters(new SplittableRandom(1)), learner.statistics());
                FewShotClassifier adapted = trained.adapt(support.build())) {
            adapted.save(file);
        }
        classifier = Deutero.classifier(file);
        Files.delete(file);
        image = picture(1, 7, side / Omniglot.SIDE);
    }

    private static BufferedImage picture(int character, int item, int scale) {
        Picture drawing = Omniglot.drawing(character, item);
        int side = scale * Omniglot.SIDE;
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            int grey = drawing.at(0, i / side / scale, i % side / scale);
            picture.setRGB(i % side, i / side, grey << 16 | grey << 8 | grey);
        }
        return picture;
    }

    /** One answer. */
    @Benchmark
    public Prediction predict() {
        return classifier.predict(image);
    }

    /** Frees the classifier. */
    @TearDown
    public void tearDown() {
        classifier.close();
    }
}
