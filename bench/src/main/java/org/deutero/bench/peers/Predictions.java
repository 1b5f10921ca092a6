package org.deutero.bench.peers;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.methods.metric.Prototypes;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.LearnerDescription;
import org.deutero.serve.Preprocessing;
import org.deutero.serve.Support;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.ConvNet;

/** A classifier that was shown the support set of the first task answers to its queries, one picture at a time, with all the preprocessing that pictures of users get. What comes out is the probability of its answer. */
final class Predictions {
    private Predictions() {}

    /** Answers until something else is opened. */
    static void take(Given given, Talk talk) {
        MetricLearner learner = new MetricLearner(
                ConvNet.encoder(1, 28, 64), Prototypes.EUCLIDEAN, QueryStatistics.RUNNING, DType.FLOAT32);
        LearnerDescription description = new LearnerDescription(
                "protonet",
                Map.of("query-statistics", "running"),
                Map.of("filters", 64),
                given.way(),
                new Preprocessing(Omniglot.FORMAT, Preprocessing.Kind.DRAWING),
                Optional.empty(),
                Map.of());
        Episodes task = given.batch(0);
        List<BufferedImage> shown = pictures(task.supportX().select(0, 0).floats());
        List<BufferedImage> asked = pictures(task.queryX().select(0, 0).floats());
        Support.Builder support = Support.builder();
        for (int c = 0; c < shown.size(); c++) {
            support.add("class" + c, shown.get(c));
        }
        try (TrainedLearner trained =
                        TrainedLearner.of(description, given.theta().detach(), learner.statistics());
                FewShotClassifier classifier = trained.adapt(support.build())) {
            talk.ready();
            int next = 0;
            for (int turn = talk.run(); turn > 0; turn = talk.run()) {
                List<Double> answers = new ArrayList<>();
                for (int i = 0; i < turn; i++) {
                    answers.add(
                            classifier.predict(asked.get(next++ % asked.size())).probability());
                }
                talk.answer(answers);
            }
        }
    }

    /** Black ink on white paper, 28x28 pixels each. */
    private static List<BufferedImage> pictures(float[] ink) {
        int side = 28;
        List<BufferedImage> pictures = new ArrayList<>();
        for (int at = 0; at < ink.length; at += side * side) {
            BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < side * side; i++) {
                picture.getRaster().setSample(i % side, i / side, 0, Math.round(255 * (1 - ink[at + i])));
            }
            pictures.add(picture);
        }
        return pictures;
    }
}
