package org.deutero.methods;

import java.util.Optional;
import org.deutero.tasks.Objective;
import org.deutero.tensor.nn.dense.OutputLoss;

/** Objectives whose derivatives by outputs are written down. */
public final class DenseObjective {
    private DenseObjective() {}

    /** The loss of outputs that an objective is; empty where only autograd knows its derivatives. */
    public static Optional<OutputLoss> of(Objective objective) {
        return switch (objective) {
            case CROSS_ENTROPY -> Optional.of(OutputLoss.CROSS_ENTROPY);
            case SQUARED_ERROR -> Optional.of(OutputLoss.SQUARED_ERROR);
            case PULLED_ARM -> Optional.empty();
        };
    }
}
