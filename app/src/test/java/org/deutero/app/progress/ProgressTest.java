package org.deutero.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void plainLinesComeEveryTenSecondsAndAtTheEnd() {
        AtomicLong now = new AtomicLong();
        try (ProgressDisplay display = new LineProgress(out, now::get)) {
            display.start(0, 1000);
            for (int i = 1; i <= 1000; i++) {
                now.addAndGet(30_000_000L);
                display.update(i, 123.4, 0.5, i < 500 ? "" : "accuracy 95.3 %");
            }
            display.update(1000, 123.4, 0.5, "accuracy 95.3 %");
        }
        assertThat(written().lines())
                .containsExactly(
                        " 33 %  334/1000  123 tasks/s  loss 0.500  20 s left",
                        " 66 %  668/1000  123 tasks/s  loss 0.500  validation accuracy 95.3 %  10 s left",
                        "100 %  1000/1000  123 tasks/s  loss 0.500  validation accuracy 95.3 %  0 s left");
    }

    @Test
    void timeLeftOfAResumedRunCountsOnlyWhatThisProcessDid() {
        AtomicLong now = new AtomicLong();
        ProgressDisplay display = new LineProgress(out, now::get);
        display.start(900, 1000);
        now.set(10_000_000_000L);
        display.update(910, 1, 1, "");
        assertThat(written()).contains("1:30 left");
    }

    @Test
    void theBarEndsAtItsEnd() {
        try (ProgressDisplay display = new BarProgress(out)) {
            display.start(0, 10);
            display.message("a line of its own");
            display.update(10, 50, 0.25, "accuracy 90 %");
        }
        assertThat(written()).contains("a line of its own", "100%", "loss 0.250");
    }

    @Test
    void numbersAndTimesAreShort() {
        assertThat(Wording.number(0.0001234)).isEqualTo("1.2e-04");
        assertThat(Wording.number(Double.NaN)).isEqualTo("?");
        assertThat(Wording.time(3725)).isEqualTo("1:02:05");
        assertThat(Wording.time(Double.NaN)).isEqualTo("?");
    }
}
