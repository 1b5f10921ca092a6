package org.deutero.learn.evolution;

import org.deutero.tasks.TaskBatch;

/** The same task so many times: what differs is chance. */
record Copies(int size) implements TaskBatch<Copies> {
    @Override
    public Copies slice(int from, int to) {
        return new Copies(to - from);
    }

    @Override
    public Copies repeat(int times) {
        return new Copies(size * times);
    }
}
