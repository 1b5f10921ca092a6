package org.deutero.app.progress;

import java.util.function.Consumer;

/** Tells how much of some work of equal pieces is done, and how long the rest will take. Not thread-safe. */
public final class Countdown {
    private final Consumer<String> out;
    private final int total;
    private final long started = System.nanoTime();
    private int done;

    /** Work of {@code total} pieces that begins now. */
    public Countdown(Consumer<String> out, int total) {
        this.out = out;
        this.total = total;
    }

    /** One more piece is done. */
    public void done(String what) {
        done++;
        double seconds = (System.nanoTime() - started) / 1e9;
        out.accept(done + "/" + total + "  " + what + "  " + Wording.time(seconds / done * (total - done)) + " left");
    }
}
