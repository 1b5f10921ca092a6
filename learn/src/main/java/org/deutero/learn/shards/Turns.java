package org.deutero.learn.shards;

import java.util.function.Supplier;

/**
 * Lets workers do one part of their work in the order of their indices, each as soon as the one before is through.
 *
 * <p>Meant for {@linkplain Job jobs}, whose items are begun in order: an index that waits always waits for one that has started.
 */
public final class Turns {
    private int next;

    /** Waits until all smaller indices have had their turn, and takes this one's. */
    public synchronized <R> R take(int index, Supplier<R> work) {
        while (next != index) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for shard " + next, e);
            }
        }
        try {
            return work.get();
        } finally {
            next++;
            notifyAll();
        }
    }
}
