package org.deutero.learn.capability;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A {@link Servable} learner whose solution has a part for each class that depends on that class's examples alone, so that classes come and go without the examples of the others.
 *
 * <p>Solutions are those of {@link Servable#solution}.
 */
public interface SeparableClasses extends Capability {
    /** Why the classes of this solution cannot come and go; a clause that a sentence can go on with. Empty if they can. */
    Optional<String> inseparable(Params solution);

    /**
     * The solution after more examples, of classes it has and of new ones behind them: the same as if all examples had been there from the start, but for rounding.
     *
     * @param examples how many examples each class of the solution was made from
     * @param x more inputs [n, features...]
     * @param y their classes, int64 [n], each in [0, classes); every new class has at least one
     * @param classes how many there are afterwards
     */
    Params joined(Params solution, long[] examples, Tensor x, Tensor y, int classes);

    /** The solution with these of its classes only, in this order. */
    Params kept(Params solution, long[] classes);
}
