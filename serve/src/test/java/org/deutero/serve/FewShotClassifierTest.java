package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.deutero.Deutero;
import org.deutero.learn.shards.Workers;
import org.deutero.methods.Method;
import org.deutero.methods.Methods;
import org.deutero.tasks.DataException;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FewShotClassifierTest {
    /** Methods that encode numbers, not images. */
    private static final Set<String> OF_NUMBERS = Set.of("spiking-synapse", "np", "anp", "mr-cnp");

    /** Methods whose answers depend on what else is asked. */
    private static final Set<String> TOGETHER = Set.of("feature-transformation");

    private static TrainedLearner protonet;
    private static TrainedLearner maml;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() {
        protonet = TestLearners.protonet(60);
        maml = TestLearners.maml(100);
    }

    @AfterAll
    static void close() {
        protonet.close();
        maml.close();
    }

    /** Share of drawings 10 to 19 of each character that are labelled right. */
    private static double accuracy(FewShotClassifier classifier) {
        int right = 0;
        int classes = classifier.classes().size();
        for (int n = 0; n < classes; n++) {
            for (int i = 10; i < 20; i++) {
                right += classifier.predict(Letters.image(n, i)).label().equals("letter" + n) ? 1 : 0;
            }
        }
        return right / (10.0 * classes);
    }

    @Test
    void aMetricTakesAnyNumberOfClassesAndExamples() {
        try (FewShotClassifier two = protonet.adapt(Letters.support(1, 3));
                FewShotClassifier eight = protonet.adapt(Letters.support(5, 1, 2, 5, 4, 3, 2, 5))) {
            assertThat(accuracy(two)).isGreaterThan(0.7);
            assertThat(accuracy(eight)).isGreaterThan(0.5);
            Prediction p = eight.predict(Letters.image(3, 15));
            assertThat(p.probabilities()).hasSize(8);
            assertThat(p.probabilities().values().stream().mapToDouble(v -> v).sum())
                    .isCloseTo(1, within(1e-12));
            List<Double> values = List.copyOf(p.probabilities().values());
            assertThat(values)
                    .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                    .startsWith(p.probability());
            assertThat(p.probabilities()).containsKey(p.label());
        }
    }

    @Test
    void aNetworkWithAHeadTakesAsManyClassesAsItHasOutputsOrFewer() {
        try (FewShotClassifier three = maml.adapt(Letters.support(2, 1, 4));
                FewShotClassifier five = maml.adapt(Letters.support(3, 3, 3, 3, 3))) {
            assertThat(accuracy(three)).isGreaterThan(0.5);
            assertThat(accuracy(five)).isGreaterThan(0.5);
            assertThat(three.predict(Letters.image(4, 0)).probabilities())
                    .containsOnlyKeys("letter0", "letter1", "letter2");
        }
        assertThat(maml.mostClasses()).isEqualTo(5);
        assertThat(protonet.mostClasses()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> maml.adapt(Letters.support(1, 1, 1, 1, 1, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("at most 5 classes", "examples of 6");
        assertThatThrownBy(() -> maml.adapt(Letters.support(2)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("only one class");
    }

    /** Examples that are all given twice, or for one class only, say nothing new. */
    @Test
    void classesCountAlike() {
        Support.Builder repeated = Support.builder();
        for (int i = 0; i < 3; i++) {
            repeated.add("letter0", Letters.image(0, 0));
        }
        repeated.add("letter1", Letters.image(1, 0)).add("letter2", Letters.image(2, 0));
        for (TrainedLearner learner : List.of(protonet, maml)) {
            try (FewShotClassifier once = learner.adapt(Letters.support(1, 1, 1));
                    FewShotClassifier more = learner.adapt(repeated.build())) {
                for (int i = 5; i < 20; i++) {
                    Prediction expected = once.predict(Letters.image(i % 3, i));
                    assertThat(more.predict(Letters.image(i % 3, i))
                                    .probabilities()
                                    .get(expected.label()))
                            .isCloseTo(expected.probability(), within(0.02));
                }
            }
        }
    }

    @Test
    void aSavedClassifierAnswersTheSame() throws IOException {
        for (TrainedLearner learner : List.of(protonet, maml)) {
            Path file = folder.resolve("model.dtr");
            try (FewShotClassifier made = learner.adapt(Letters.support(1, 3, 2))) {
                made.save(file);
                try (FewShotClassifier read = Deutero.classifier(file)) {
                    assertThat(read.classes()).isEqualTo(made.classes());
                    assertThat(read.examples()).containsExactly(1, 3, 2);
                    assertThat(read.description()).isEqualTo(made.description());
                    for (int i = 0; i < 20; i++) {
                        BufferedImage image = Letters.image(i % 3, i);
                        assertThat(read.predict(image)).isEqualTo(made.predict(image));
                    }
                }
            }
            Path exported = folder.resolve("learner.dtr");
            learner.save(exported);
            try (TrainedLearner again = Deutero.load(exported);
                    FewShotClassifier a = again.adapt(Letters.support(1, 3, 2));
                    FewShotClassifier b = learner.adapt(Letters.support(1, 3, 2))) {
                assertThat(a.predict(Letters.image(0, 9))).isEqualTo(b.predict(Letters.image(0, 9)));
            }
        }
    }

    @Test
    void filesBytesAndImagesAreTheSame() throws IOException {
        BufferedImage image = Letters.image(1, 12);
        Path file = Files.write(folder.resolve("a.png"), Letters.png(image));
        try (FewShotClassifier classifier = protonet.adapt(Support.folder(Letters.folder(folder.resolve("s"), 1, 2)))) {
            Prediction p = classifier.predict(image);
            assertThat(classifier.predict(file)).isEqualTo(p);
            assertThat(classifier.predict(Letters.png(image))).isEqualTo(p);
            assertThat(classifier.predict(List.of(file, file))).containsExactly(p, p);
            assertThatThrownBy(() -> classifier.predict(folder.resolve("none.png")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("there is no picture");
        }
    }

    /** Whatever recipes can name can be saved and used, with all its defaults, transductive ones included, but for those that take numbers only or learn no classes from examples. */
    @Test
    void everyMethodServes() {
        for (Method method : Methods.all()) {
            if (OF_NUMBERS.contains(method.name()) || !method.kinds().contains(TaskKind.EPISODES)) {
                continue;
            }
            LearnerDescription description =
                    TestLearners.description(method.name(), Map.of("query-statistics", "batch"), 4);
            if (TOGETHER.contains(method.name())) {
                assertThatThrownBy(description::learner)
                        .hasMessage("learners of the method \"" + method.name() + "\" cannot label single pictures");
                continue;
            }
            Path file = folder.resolve(method.name() + ".dtr");
            try (Scope s = Scope.open()) {
                var learner = description.learner();
                var theta = learner.metaParameters(new SplittableRandom(1));
                try (TrainedLearner trained = TrainedLearner.of(description, theta, learner.statistics());
                        FewShotClassifier made = trained.adapt(Letters.support(2, 1, 1))) {
                    made.save(file);
                    try (FewShotClassifier read = Deutero.classifier(file)) {
                        Prediction p = made.predict(Letters.image(1, 4));
                        double[] all = p.probabilities().values().stream()
                                .mapToDouble(v -> v)
                                .toArray();
                        assertThat(p.probabilities())
                                .as(method.name())
                                .containsOnlyKeys("letter0", "letter1", "letter2")
                                .containsEntry(p.label(), p.probability());
                        assertThat(DoubleStream.of(all).sum()).as(method.name()).isCloseTo(1, within(1e-6));
                        assertThat(DoubleStream.of(all).max()).hasValue(p.probability());
                        assertThat(read.predict(Letters.image(1, 4))).isEqualTo(p);
                    }
                }
            }
        }
    }

    /** A transformer has so many positions, one of which is the question's; classes count as many examples as the largest. */
    @Test
    void aContextHasAnEnd() {
        LearnerDescription description = TestLearners.description(
                "gpicl", Map.of("width", 8, "layers", 1, "heads", 1, "key-size", 4, "positions", 9));
        try (Scope s = Scope.open()) {
            var learner = description.learner();
            var theta = learner.metaParameters(new SplittableRandom(1));
            try (TrainedLearner trained = TrainedLearner.of(description, theta, learner.statistics());
                    FewShotClassifier most = trained.adapt(Letters.support(4, 2))) {
                assertThat(most.predict(Letters.image(1, 4)).probabilities()).hasSize(2);
                assertThatThrownBy(() -> trained.adapt(Letters.support(1, 5)))
                        .isInstanceOf(DataException.class)
                        .hasMessage("this learner (gpicl) can be told at most 8 examples, but there are 10, as many of"
                                + " each class as of the largest; give fewer");
            }
        }
    }

    /** No answer depends on what else is asked, or by whom. */
    @Test
    void eightThreadsGetTheAnswersOfOne() {
        for (TrainedLearner learner : List.of(protonet, maml)) {
            try (FewShotClassifier classifier = learner.adapt(Letters.support(1, 2, 3));
                    Workers workers = new Workers(8)) {
                List<BufferedImage> images = IntStream.range(0, 240)
                        .mapToObj(i -> Letters.image(i % 3, i / 3 % 20))
                        .limit(60)
                        .toList();
                List<Prediction> alone = new ArrayList<>();
                for (int i = 0; i < 240; i++) {
                    alone.add(classifier.predict(images.get(i % 60)));
                }
                assertThat(workers.map(240, i -> classifier.predict(images.get(i % 60))))
                        .isEqualTo(alone);
            }
        }
    }

    @Test
    void calibrationChangesNoLabelAndEqualSeedsGiveEqualTemperatures() {
        var validation = TestLearners.tasks(Omniglot.vinyals().validation());
        try (TrainedLearner calibrated = protonet.calibrated(validation, 500, 3, 2);
                TrainedLearner again = protonet.calibrated(validation, 500, 3, 1);
                FewShotClassifier a = protonet.adapt(Letters.support(1, 1, 1, 1, 1));
                FewShotClassifier b = calibrated.adapt(Letters.support(1, 1, 1, 1, 1))) {
            Calibration c = calibrated.description().calibration().orElseThrow();
            assertThat(again.description()).isEqualTo(calibrated.description());
            assertThat(c.tasks()).isEqualTo(20);
            assertThat(c.queries()).isEqualTo(500);
            assertThat(c.nllAfter()).isLessThanOrEqualTo(c.nllBefore());
            for (int i = 0; i < 20; i++) {
                BufferedImage image = Letters.image(i % 5, i);
                assertThat(b.predict(image).label()).isEqualTo(a.predict(image).label());
            }
        }
    }

    @Test
    void whatIsClosedRefuses() {
        TrainedLearner learner = TestLearners.protonet(0);
        FewShotClassifier classifier = learner.adapt(Letters.support(1, 1));
        Prediction before = classifier.predict(Letters.image(0, 0));
        learner.close();
        assertThat(classifier.predict(Letters.image(0, 0))).isEqualTo(before);
        classifier.close();
        classifier.close();
        assertThatThrownBy(() -> classifier.predict(Letters.image(0, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this classifier is closed");
        assertThatThrownBy(() -> learner.adapt(Letters.support(1, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this learner is closed");
    }

    /** Also when it is made within a scope of the caller's, which closes before it. */
    @Test
    void itOutlivesTheScopeItWasMadeInAndLeavesNothingBehind() throws IOException {
        try (FewShotClassifier warm = protonet.adapt(Letters.support(1, 1))) {
            warm.predict(Letters.image(0, 0));
        }
        System.gc();
        long before = Pointer.totalCount();
        FewShotClassifier classifier;
        Path file = folder.resolve("c.dtr");
        try (Scope s = Scope.open()) {
            classifier = protonet.adapt(Letters.support(2, 2));
            classifier.save(file);
        }
        try (classifier;
                FewShotClassifier read = Deutero.classifier(file)) {
            assertThat(classifier.predict(Letters.image(0, 5))).isEqualTo(read.predict(Letters.image(0, 5)));
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void aBlankPictureIsSaidToBeOne() {
        Support support = Support.builder()
                .add("a", Letters.image(0, 0))
                .add("b", Letters.image(1, 0))
                .build();
        try (TrainedLearner learner = TestLearners.protonet(0);
                FewShotClassifier classifier = learner.adapt(support)) {
            BufferedImage blank = new BufferedImage(50, 40, BufferedImage.TYPE_BYTE_GRAY);
            assertThat(classifier.predict(blank).blank()).isTrue();
            assertThat(classifier.predict(Letters.image(0, 1)).blank()).isFalse();
        }
    }
}
