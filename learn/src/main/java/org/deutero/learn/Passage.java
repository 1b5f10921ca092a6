package org.deutero.learn;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Where a lifetime stands.
 *
 * @param age number of steps taken
 * @param state phi after them
 * @param met sums over these steps of the numbers that they met, each [tasks], by the names that {@link Step} has for them
 */
public record Passage(int age, Params state, Params met) {
    /** Where nothing has been met yet. */
    public Passage(int age, Params state) {
        this(age, state, Params.EMPTY);
    }

    /** One step on. */
    public Passage after(Step step) {
        return new Passage(age + 1, step.state(), sum(met, step.met()));
    }

    private static Params sum(Params before, Params now) {
        return before.with(now).with(before.filter(now::has).add(now.filter(before::has)));
    }

    /** The sum of the losses met, [tasks]; null if there was none. */
    public Tensor loss() {
        return met.has(Step.LOSS) ? met.get(Step.LOSS) : null;
    }

    /** Moves all tensors out of a scope. */
    public Passage keep(Scope scope) {
        scope.keep(state);
        scope.keep(met);
        return this;
    }

    /** Moves what is new since another passage out of a step's scope: sums to which the step added nothing are the same tensors. */
    Passage keepNew(Scope scope, Passage before) {
        scope.keep(state);
        scope.keep(newSince(before));
        return this;
    }

    /** Releases what a later passage has replaced. */
    void closeOld(Passage after) {
        state.close();
        newSince(after).close();
    }

    private Params newSince(Passage other) {
        return met.filter(name -> !other.met.has(name) || other.met.get(name) != met.get(name));
    }
}
