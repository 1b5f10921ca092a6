package org.deutero.learn.shards;

import java.util.Optional;

/**
 * Work in independent items, such as the shards of a meta-batch. A job is what crosses over to where the work is done: it holds a state (tensors by name), numbers and seeds, and what a
 * recipe describes; tasks are drawn inside the item that learns them, and results are tensors by name or plain numbers.
 *
 * @param <R> what an item comes to
 */
public interface Job<R> {
    /** The number of items. */
    int items();

    /** Does an item, on whichever thread; equal numbers give equal results, bit by bit. Items are begun in the order of their numbers. */
    R item(int number);

    /**
     * Passes over an item that is done elsewhere. Whoever does a part of a job's items with a job of his own passes over all others before his last, in order, for jobs whose items draw from one
     * stream.
     */
    default void skip(int number) {}

    /** How the items can be done in another process, which builds the job again; empty if they can be done in this one only. */
    default Optional<Portable<R>> portable() {
        return Optional.empty();
    }
}
