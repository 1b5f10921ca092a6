package org.deutero.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many requests, and how many bytes of bodies, may be under way; who comes when it is full is told to come again, who comes when it is closed to go elsewhere. */
final class Gate {
    /** What a byte of a body takes on its way: the bytes, their text, and the pictures in it. */
    private static final int COPIES = 4;

    private static final int SHARE = 2;
    private static final int KILO = 1024;

    private final int most;
    private final Semaphore requests;
    private final int mostKilobytes;
    private final Semaphore kilobytes;
    private volatile boolean closed;

    Gate(ServerLimits limits) {
        most = limits.requests();
        requests = new Semaphore(most);
        long heap = Runtime.getRuntime().maxMemory() / SHARE / COPIES / KILO;
        mostKilobytes = (int) Math.min(Integer.MAX_VALUE, Math.max(heap, limits.bodyBytes() / KILO + 1));
        kilobytes = new Semaphore(mostKilobytes);
    }

    /** A request on its way; closing it lets the next one in. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Lets a request in.
     *
     * @param bytes of its body, as far as is known
     * @throws Problem 429 if there are too many, 503 if the server is about to stop
     */
    Pass enter(long bytes) {
        if (closed) {
            throw new Problem(503, "stopping", "the server is about to stop");
        }
        if (!requests.tryAcquire()) {
            throw new Problem(
                    429,
                    "too-many-requests",
                    "there are " + most + " requests under way, which is the limit; try again");
        }
        int weight = (int) Math.min(mostKilobytes, bytes / KILO + 1);
        if (!kilobytes.tryAcquire(weight)) {
            requests.release();
            throw new Problem(
                    429, "too-many-requests", "the bodies of requests under way fill the server's memory; try again");
        }
        return () -> {
            kilobytes.release(weight);
            requests.release();
        };
    }

    int underWay() {
        return most - requests.availablePermits();
    }

    /** Lets nobody in any more, and waits for those who are in. */
    void close(long seconds) {
        closed = true;
        try {
            if (requests.tryAcquire(most, seconds, TimeUnit.SECONDS)) {
                requests.release(most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
