package org.deutero.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deutero.Deutero;
import org.deutero.learn.Seeds;
import org.deutero.methods.optimizer.rule.MlpRule;
import org.deutero.methods.optimizer.rule.StepNetwork;
import org.deutero.methods.optimizer.rule.TrainedRule;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.Letters;
import org.deutero.serve.OptimizerDescription;
import org.deutero.serve.Prediction;
import org.deutero.serve.Support;
import org.deutero.serve.TestLearners;
import org.deutero.serve.TrainedLearner;
import org.deutero.serve.TrainedOptimizer;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;
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

    /** Steps from Java are those of the rule itself, and go on from their slots. */
    @Test
    void anOptimiserTrainsWeights() {
        Path file = folder.resolve("my.dtr");
        try (Scope s = Scope.open()) {
            MlpRule rule =
                    new MlpRule(new StepNetwork(List.of(4), 0.001, 0.001, StepNetwork.TIME_SCALES), MlpRule.DECAYS);
            Params theta = rule.metaParameters(Seeds.generator(1, "theta"), DType.FLOAT32);
            TrainedOptimizer.of(
                            new OptimizerDescription("mlp-optimizer", Map.of("hidden", List.of(4)), Map.of()), theta)
                    .save(file);
            Params weights = Params.of("w", Tensors.normal(Seeds.generator(2, "w"), DType.FLOAT32, 3, 2));
            Params gradients = weights.mul(2);
            Optimizer expected = new TrainedRule(rule, theta, false);
            Optimizer.Update first = steps(file, weights, gradients, 0);
            Optimizer.Update own = expected.update(gradients, expected.init(weights), weights, Rates.constant(1), 0);
            assertThat(first.params().get("w").floats())
                    .isEqualTo(own.params().get("w").floats());
            assertThat(first.params().get("w").floats())
                    .isNotEqualTo(weights.get("w").floats());
            // In double precision, with the same meta-parameters.
            Optimizer.Update exact = steps(file, weights.to(DType.FLOAT64), gradients.to(DType.FLOAT64), 0);
            assertThat(exact.params().get("w").dtype()).isEqualTo(DType.FLOAT64);
            assertThat(exact.params()
                            .get("w")
                            .sub(first.params().get("w").to(DType.FLOAT64))
                            .abs()
                            .sum()
                            .item())
                    .isLessThan(1e-6);
        }
    }

    private static Optimizer.Update steps(Path file, Params weights, Params gradients, long step) {
        // guide: start
        Optimizer optimizer = Deutero.optimizer(file);
        Params slots = optimizer.init(weights);
        Optimizer.Update next = optimizer.update(gradients, slots, weights, Rates.constant(1), step);
        // guide: end
        return next;
    }

    @Test
    void theGuideShowsThisCode() throws IOException {
        Path root = Path.of(System.getProperty("deutero.root"));
        String guide = Files.readString(root.resolve("docs/GUIDE.md"));
        String file = Files.readString(root.resolve("serve/src/test/java/org/deutero/example/FromJavaTest.java"));
        int from = 0;
        for (int example = 0; example < 3; example++) {
            int start = file.indexOf("// guide: start\n", from) + 16;
            from = file.indexOf("// guide: end", start);
            for (String line :
                    file.substring(start, from).lines().map(String::strip).toList()) {
                assertThat(guide).as("docs/GUIDE.md").contains(line);
            }
        }
    }
}
