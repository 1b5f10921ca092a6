package org.deutero.spark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts what steps cost, and says it now and then in a line: after ten seconds, then every minute.
 *
 * <p>The first step, in which executors load libtorch and data, is left out. Lost to coordination is the time of the slots that could have worked in a step and did not: waiting for state, for the scheduler, for the slowest.
 */
final class Pace {
    private static final long FIRST = 10_000_000_000L;
    private static final long LATER = 60_000_000_000L;

    private final LongSupplier nanoTime;
    private final long started;
    private long next;
    private boolean warm;
    private long steps;
    private long tasks;
    private long wall;
    private long busy;
    private double capacity;
    private long down;
    private long up;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        started = nanoTime.getAsLong();
        next = started + FIRST;
    }

    /**
     * Adds a step.
     *
     * @param ofTasks tasks that were learned, 0 if they do not count
     * @param nanos from its start to its end, as the driver sees it
     * @param slots that could work at once
     */
    void step(int ofTasks, long nanos, int slots, long stateBytes, List<Answer> answers) {
        if (!warm) {
            warm = true;
            return;
        }
        steps++;
        tasks += ofTasks;
        wall += nanos;
        capacity += (double) nanos * Math.min(slots, answers.size());
        busy += answers.stream().mapToLong(Answer::nanos).sum();
        down += stateBytes;
        up += answers.stream().mapToLong(Answer::bytes).sum();
    }

    /** The line, if it is time for one. */
    Optional<String> due(int executors) {
        long now = nanoTime.getAsLong();
        if (now < next || steps == 0) {
            return Optional.empty();
        }
        next = now + LATER;
        return Optional.of(line(executors));
    }

    /** The line about everything up to now. */
    String line(int executors) {
        return String.format(
                Locale.ROOT,
                "Spark: %d %s, %.0f tasks/s, %s to executors and %s back a step, %.1f ms a step, %.0f %% of their time lost to coordination",
                executors,
                executors == 1 ? "executor" : "executors",
                tasks / (wall / 1e9),
                size(down / (double) steps),
                size(up / (double) steps),
                wall / 1e6 / steps,
                100 * lost());
    }

    long steps() {
        return steps;
    }

    /** Share of the executors' time, 0 to 1. */
    double lost() {
        return Math.max(0, 1 - busy / capacity);
    }

    private static String size(double bytes) {
        return bytes < 1e6
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
