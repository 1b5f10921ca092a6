package org.deutero.learn.shards;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Worker threads that take shards. Platform threads, because libtorch keeps its gradient mode on the thread.
 *
 * <p>Results come in the order of the shards, whatever the number of threads.
 */
public final class Workers implements Shards {
    private final ExecutorService pool;
    private final int threads;

    /** Starts this many threads. */
    public Workers(int threads) {
        AtomicInteger number = new AtomicInteger();
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "deutero-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** One thread a processor. */
    public static int defaultThreads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The number of threads. */
    public int threads() {
        return threads;
    }

    @Override
    public <R> List<R> run(Job<R> job) {
        return map(job.items(), job::item);
    }

    /** Does a piece of work for each index below n; all end before this returns or throws what the first failed one threw. */
    public <R> List<R> map(int n, IntFunction<R> work) {
        List<Future<R>> futures = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int index = i;
            futures.add(pool.submit(() -> work.apply(index)));
        }
        List<R> results = new ArrayList<>(n);
        Throwable failure = null;
        for (Future<R> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                futures.forEach(f -> f.cancel(true));
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for worker threads", e);
            }
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return results;
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
