package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A classifier that runs for long takes no more memory than one that runs for short. */
class ServingMemoryTest {
    private static final int WARM_UP = 500;
    private static final int PREDICTIONS = 1500;

    /** What the forked virtual machine runs; prints native objects, resident kilobytes and microseconds a prediction. */
    public static void main(String[] args) throws IOException {
        try (TrainedLearner learner = TestLearners.protonet(0);
                FewShotClassifier classifier = learner.adapt(Letters.support(1, 1))) {
            BufferedImage image = Letters.image(0, 3);
            for (int i = 0; i < WARM_UP; i++) {
                classifier.predict(image);
            }
            System.out.println("pointers " + Pointer.totalCount() + " memory " + residentKilobytes());
            long start = System.nanoTime();
            for (int i = 0; i < PREDICTIONS; i++) {
                classifier.predict(image);
            }
            System.out.println("pointers " + Pointer.totalCount() + " memory " + residentKilobytes());
            System.out.println("microseconds a prediction: " + (System.nanoTime() - start) / 1000 / PREDICTIONS);
        }
    }

    /** In a virtual machine of its own, whose heap is resident from the start: what grows then is native memory. */
    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void manyPredictionsLeaveMemoryLevel(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ServingMemoryTest.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(170, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        long[] numbers = Pattern.compile("(?<=memory )\\d+|(?<=pointers )\\d+")
                .matcher(text)
                .results()
                .mapToLong(m -> Long.parseLong(m.group()))
                .toArray();
        assertThat(numbers).as(text).hasSize(4);
        assertThat(numbers[2]).as("native objects").isLessThanOrEqualTo(numbers[0]);
        // The features of one block kept of each prediction would add 75 MB to some 480; without it they stay within
        // one.
        assertThat(numbers[3]).as("resident kilobytes").isLessThanOrEqualTo(numbers[1] * 102 / 100);
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
