package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.deutero.Deutero;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that earlier versions wrote are read, and answer as they did; {@code kept/README.md} says how they were made. */
class KeptArtifactsTest {
    /** Drawing {@code item} of a letter, and the probabilities that the version which wrote the files gave the three classes. */
    private record Answer(int letter, int item, double first, double second, double third) {}

    private static final List<Answer> ANSWERS = List.of(
            new Answer(0, 5, 0.890392714875624, 2.6316765772779118e-05, 0.10958096835860315),
            new Answer(0, 6, 0.7944173896439265, 0.001695080676928902, 0.20388752967914475),
            new Answer(0, 7, 0.7883671935051164, 0.0018618843288613586, 0.20977092216602225),
            new Answer(1, 5, 0.3742607083356197, 0.47565705737505914, 0.1500822342893212),
            new Answer(1, 6, 0.0030269161119253502, 0.9964883892841955, 0.0004846946038790747),
            new Answer(1, 7, 0.01162638852746716, 0.9839570886940506, 0.0044165227784823844),
            new Answer(2, 5, 0.1202081702977568, 0.0005205001803287071, 0.8792713295219146),
            new Answer(2, 6, 0.5133441048277968, 0.0115095832934245, 0.4751463118787786),
            new Answer(2, 7, 0.7210158857577104, 0.004723475382929039, 0.2742606388593606));

    private static Path kept(String version, String name) throws URISyntaxException {
        return Path.of(KeptArtifactsTest.class
                .getResource("/kept/" + version + "/" + name)
                .toURI());
    }

    private static void check(FewShotClassifier classifier) {
        for (Answer answer : ANSWERS) {
            var probabilities = classifier
                    .predict(Letters.image(answer.letter(), answer.item()))
                    .probabilities();
            assertThat(probabilities.get("letter0")).as("%s", answer).isCloseTo(answer.first(), within(1e-5));
            assertThat(probabilities.get("letter1")).as("%s", answer).isCloseTo(answer.second(), within(1e-5));
            assertThat(probabilities.get("letter2")).as("%s", answer).isCloseTo(answer.third(), within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorch-2.10", "libtorch-2.13"})
    void aClassifierAnswersAsItDid(String version) throws URISyntaxException {
        try (FewShotClassifier classifier = Deutero.classifier(kept(version, "classifier.dtr"))) {
            check(classifier);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorch-2.10", "libtorch-2.13"})
    void aLearnerLearnsAsItDid(String version) throws URISyntaxException {
        try (TrainedLearner learner = Deutero.load(kept(version, "learner.dtr"));
                FewShotClassifier classifier = learner.adapt(Letters.support(2, 2, 2))) {
            check(classifier);
        }
    }
}
