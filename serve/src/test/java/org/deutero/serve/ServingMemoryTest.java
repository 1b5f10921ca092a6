package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** A classifier that runs for long takes no more memory than one that runs for short. */
class ServingMemoryTest {
    private static final int WARM_UP = 2000;
    private static final int PREDICTIONS = 10_000;

    @Test
    void tenThousandPredictionsLeaveMemoryLevel() throws IOException {
        try (TrainedLearner learner = TestLearners.protonet(0);
                FewShotClassifier classifier = learner.adapt(Letters.support(1, 1))) {
            BufferedImage image = Letters.image(0, 3);
            for (int i = 0; i < WARM_UP; i++) {
                classifier.predict(image);
            }
            System.gc();
            long pointers = Pointer.totalCount();
            long memory = residentKilobytes();
            for (int i = 0; i < PREDICTIONS; i++) {
                classifier.predict(image);
            }
            System.gc();
            assertThat(Pointer.totalCount()).as("native objects").isLessThanOrEqualTo(pointers);
            // One output tensor kept of each prediction would add two megabytes and more; the Java heap breathes too.
            assertThat(residentKilobytes()).as("resident kilobytes").isLessThan(memory + 64_000);
        }
    }

    /** VmRSS of this process, or 0 where there is no such thing. */
    private static long residentKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
