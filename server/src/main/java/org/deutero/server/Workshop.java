package org.deutero.server;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads that decode and compute, one a core, whatever the number of requests: so that memory, native memory too, is that of a few pictures,
 * and first come is first served.
 */
final class Workshop implements AutoCloseable {
    private final ExecutorService workers;

    Workshop(int threads) {
        AtomicInteger number = new AtomicInteger();
        workers = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "deutero-work-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does work and waits for it. */
    <R> R work(Callable<R> work) {
        Future<R> future = workers.submit(work);
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new Problem(503, "stopping", "the server is about to stop", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
