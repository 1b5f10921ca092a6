package org.deutero.serve;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.deutero.tensor.Params;

/** Tensors that many threads read and one closes: closing waits for those who still read, and refuses those who come later. */
final class SharedParams implements AutoCloseable {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Params params;
    private final String owner;
    private boolean closed;

    /**
     * Takes the tensors over.
     *
     * @param owner what the sentence of a refusal calls it, such as {@code classifier}
     */
    SharedParams(Params params, String owner) {
        this.params = params;
        this.owner = owner;
    }

    /** Does work with the tensors, on any thread. @throws IllegalStateException once closed */
    <R> R with(Function<Params, R> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(
                        "this " + owner + " is closed: make or load another, and close it after its last use");
            }
            return work.apply(params);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Frees the tensors; a second time does nothing. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                params.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
