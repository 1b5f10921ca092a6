package org.deutero.learn.capability;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.tensor.Params;

/** A {@link Servable} learner whose solution of a task is a network with weights, so that other programs can be given it. */
@FunctionalInterface
public interface FixedFunction extends Capability {
    /** The network that {@link Servable#answer} applies, with the tensors of this solution; empty if what it does with them is more than a {@link FrozenNetwork} can say. */
    Optional<FrozenNetwork> frozen(Params solution);
}
