package org.deutero.tasks.synthetic;

import java.util.List;
import org.deutero.tasks.Episodes;

/**
 * Regression tasks together with the functions behind them, for plots and for exact answers.
 *
 * @param episodes the tasks
 * @param curves the function of each task
 * @param <C> the family
 */
public record CurveBatch<C extends Curve>(Episodes episodes, List<C> curves) {

    /** Refuses a number of functions other than that of the tasks. */
    public CurveBatch {
        curves = List.copyOf(curves);
        if (curves.size() != episodes.size()) {
            throw new IllegalArgumentException(curves.size() + " curves for " + episodes.size() + " tasks");
        }
    }
}
