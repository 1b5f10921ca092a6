package org.deutero.app.progress;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is redrawn in place, with rate, loss, validation metric and time left. */
final class BarProgress implements ProgressDisplay {
    private static final int REDRAW_MILLISECONDS = 250;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private ProgressBar bar;

    BarProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void start(long done, long total) {
        bar = new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build();
    }

    @Override
    public void update(long iteration, double rate, double loss, String validation) {
        bar.stepTo(iteration);
        bar.setExtraMessage(Wording.number(rate) + "/s loss " + Wording.number(loss)
                + (validation.isEmpty() ? "" : " " + validation));
    }

    @Override
    public void message(String line) {
        if (bar == null) {
            out.println(line);
            return;
        }
        bar.pause();
        out.println(CLEAR_LINE + line);
        out.flush();
        bar.resume();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
