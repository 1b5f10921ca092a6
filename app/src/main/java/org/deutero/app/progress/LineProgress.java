package org.deutero.app.progress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One plain line every ten seconds, for logs and pipes. */
final class LineProgress implements ProgressDisplay {
    private static final long INTERVAL = 10_000_000_000L;

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private long started;
    private long lastLine;
    private long done;
    private long total;
    private long shown = -1;

    LineProgress(PrintStream out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
    }

    @Override
    public void start(long done, long total) {
        this.done = done;
        this.total = total;
        started = nanoTime.getAsLong();
        lastLine = started;
    }

    @Override
    public void update(long iteration, double rate, double loss, String validation) {
        long now = nanoTime.getAsLong();
        boolean last = iteration >= total && shown < iteration;
        if (now - lastLine < INTERVAL && !last) {
            return;
        }
        lastLine = now;
        shown = iteration;
        double left = iteration > done
                ? (now - started) / 1e9 / (iteration - done) * Math.max(0, total - iteration)
                : Double.NaN;
        out.printf(
                Locale.ROOT,
                "%3d %%  %d/%d  %s  loss %s%s  %s left%n",
                total == 0 ? 100 : Math.min(100, 100 * iteration / total),
                iteration,
                total,
                Wording.rate(rate),
                Wording.number(loss),
                validation.isEmpty() ? "" : "  validation " + validation,
                Wording.time(left));
        out.flush();
    }

    @Override
    public void message(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {}
}
