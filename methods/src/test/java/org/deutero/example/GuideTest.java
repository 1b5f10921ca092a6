package org.deutero.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deutero.learn.Descent;
import org.deutero.learn.GradientMetaAlgorithm;
import org.deutero.learn.MetaState;
import org.deutero.learn.Predictor;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Trainer;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;

/** The learner of the guide works, and the guide shows the code that was tested. */
class GuideTest {
    @Test
    void theLearnerLearns() {
        Summary summary = train(new RidgeLearner(ConvNet.encoder(1, 28, 16)), 40);
        assertThat(summary.mean() - summary.interval())
                .as("accuracy after 40 updates; raw pixels reach 0.44")
                .isGreaterThan(0.6);
    }

    private static Summary train(Predictor<Episodes> learner, int iterations) {
        // guide: start
        ClassSplit split = Omniglot.vinyals();
        TaskSource<Episodes> training = new EpisodeSampler(Omniglot.images(), split.train(), 5, 1, 5, Rotation.RANDOM);
        TaskSource<Episodes> unseen = new EpisodeSampler(Omniglot.images(), split.test(), 5, 1, 5, Rotation.RANDOM);

        var algorithm = new GradientMetaAlgorithm<>(learner, Unroll.FULL, Descent.of(Adam.DEFAULT, 1e-3));
        var plan = new Plan(iterations, 8, 4, Workers.defaultThreads(), 1, 0, 0, 0);
        var trainer = new Trainer<>(algorithm, training, Optional.empty(), plan, Optional.empty(), List.of());

        try (MetaState trained = trainer.train();
                Workers workers = new Workers(plan.threads())) {
            return new Evaluator<>(unseen, Measure.ACCURACY, 100, 4, 7)
                    .atEnd(learner, trained, workers)
                    .last();
        }
        // guide: end
    }

    @Test
    void theGuideShowsThisCode() throws IOException {
        Path root = Path.of(System.getProperty("deutero.root"));
        String guide = Files.readString(root.resolve("docs/GUIDE.md"));
        for (Class<?> source : List.of(RidgeLearner.class, GuideTest.class)) {
            String file = Files.readString(
                    root.resolve("methods/src/test/java/" + source.getName().replace('.', '/') + ".java"));
            int start = file.indexOf("// guide: start\n") + 16;
            String shown = file.substring(start, file.indexOf("// guide: end", start));
            for (String line : shown.lines().map(String::strip).toList()) {
                assertThat(guide)
                        .as("docs/GUIDE.md, from %s", source.getSimpleName())
                        .contains(line);
            }
        }
    }
}
