package org.deutero.learn.meta;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * What an estimator that works by windows takes from one window to the next: where in the lifetime it stands, and the states it stands with.
 * Immutable, and all of it tensors, so that it can be written into a checkpoint.
 *
 * @param age steps taken since the lifetime began; 0 if the next window begins one
 * @param trees states and whatever else the estimator keeps, tensors [tasks, ...] named by it, without graph; empty at age 0
 */
public record Carry(int age, Params trees) {
    /** Before the first step of a lifetime. */
    public static final Carry START = new Carry(0, Params.EMPTY);

    /** A carry in the middle of a lifetime. Tensors are laid out as they will be after a stay in a file, so that the same bits come out. */
    public static Carry of(int age, Params trees) {
        return new Carry(age, trees.map(t -> t.detach().contiguous()));
    }

    /** Whether the next window begins a lifetime. */
    public boolean isStart() {
        return age == 0;
    }

    /** Moves all tensors out of a scope. */
    public Carry keep(Scope scope) {
        scope.keep(trees);
        return this;
    }
}
