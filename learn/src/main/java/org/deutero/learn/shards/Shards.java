package org.deutero.learn.shards;

import java.util.List;

/**
 * Where shards are done: on threads of this machine ({@link Workers}), or on a cluster. Never part of the experiment: the same bits come out wherever and by however many the work is done, since what an
 * item draws is fixed by its number and results come in the order of the items.
 */
public interface Shards extends AutoCloseable {
    /** Does all items of a job; all end before this returns or throws what the first failed one threw. */
    <R> List<R> run(Job<R> job);

    @Override
    void close();
}
