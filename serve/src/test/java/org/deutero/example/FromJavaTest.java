package org.deutero.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deutero.Deutero;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.Letters;
import org.deutero.serve.Prediction;
import org.deutero.serve.Support;
import org.deutero.serve.TestLearners;
import org.deutero.serve.TrainedLearner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the guide works, and the guide shows the code that was tested. */
class FromJavaTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleRuns() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        try (TrainedLearner learner = TestLearners.protonet(20)) {
            learner.save(run.resolve("learner.dtr"));
        }
        Path examples = Letters.folder(folder.resolve("examples"), 1, 3, 2);
        Path model = folder.resolve("model.dtr");
        Prediction p = example(run, examples, examples.resolve("letter1/0.png"), model);
        assertThat(p.label()).isEqualTo("letter1");
        assertThat(again(model, Letters.image(1, 0))).isEqualTo(p);
    }

    private static Prediction example(Path run, Path examples, Path picture, Path model) {
        // guide: start
        try (TrainedLearner learner = Deutero.load(run);
                FewShotClassifier classifier = learner.adapt(Support.folder(examples))) {
            Prediction p = classifier.predict(picture);
            System.out.printf("%s, %.0f %% sure%n", p.label(), 100 * p.probability());
            classifier.save(model);
            return p;
        }
        // guide: end
    }

    private static Prediction again(Path model, BufferedImage image) {
        // guide: start
        try (FewShotClassifier classifier = Deutero.classifier(model)) {
            return classifier.predict(image);
        }
        // guide: end
    }

    @Test
    void theGuideShowsThisCode() throws IOException {
        Path root = Path.of(System.getProperty("deutero.root"));
        String guide = Files.readString(root.resolve("docs/GUIDE.md"));
        String file = Files.readString(root.resolve("serve/src/test/java/org/deutero/example/FromJavaTest.java"));
        int from = 0;
        for (int example = 0; example < 2; example++) {
            int start = file.indexOf("// guide: start\n", from) + 16;
            from = file.indexOf("// guide: end", start);
            for (String line :
                    file.substring(start, from).lines().map(String::strip).toList()) {
                assertThat(guide).as("docs/GUIDE.md").contains(line);
            }
        }
    }
}
