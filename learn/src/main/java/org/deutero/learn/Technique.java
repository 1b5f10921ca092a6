package org.deutero.learn;

import java.util.Optional;
import org.deutero.options.OptionsException;

/** What estimators of meta-gradients and rules of meta-training tell about themselves. */
public interface Technique {
    /** The name used in recipes. */
    String name();

    /** What is computed and what is left out, in one sentence. */
    String describe();

    /**
     * Memory and time, in words: T steps, P fast parameters, M meta-parameters, c the time of an inner gradient, a its activations, a2 the
     * graph of a differentiated step.
     */
    String cost();

    /** Why it cannot serve this learner, or empty if it can. */
    default Optional<String> misfit(Learner<?> learner) {
        return Optional.empty();
    }

    /** Refuses a learner whose premise is not satisfied. @throws OptionsException with the reason */
    default void require(Learner<?> learner) {
        misfit(learner).ifPresent(reason -> {
            throw new OptionsException("meta-gradient " + name() + " does not fit this method: " + reason);
        });
    }
}
