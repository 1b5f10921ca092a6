package org.deutero.spark;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Hears of lost executors from Spark's threads, and tells of them on the run's. */
final class Losses extends SparkListener {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        lines.add("Executor " + event.executorId() + " is lost (" + Failures.brief(event.reason())
                + "); what it was doing is done again by others, to the same bits.");
    }

    /** Tells what has come since the last time. */
    void tell(Consumer<String> listener) {
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            listener.accept(line);
        }
    }
}
