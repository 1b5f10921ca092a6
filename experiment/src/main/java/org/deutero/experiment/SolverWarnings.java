package org.deutero.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a row of the log says of linear systems that could not be solved; each warning is given once. */
final class SolverWarnings {
    private static final double MOST_BENT = 0.1;
    private static final double MOST_LEFT = 1;

    private final Set<String> given = new HashSet<>();

    /**
     * New warnings.
     *
     * @param iteration of the row
     * @param diagnostics means over its tasks
     */
    List<String> of(long iteration, Map<String, Double> diagnostics) {
        List<String> warnings = new ArrayList<>();
        double bent = diagnostics.getOrDefault("negative-curvature", 0.0);
        if (bent > MOST_BENT && given.add("bent")) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Warning: at iteration %d the linear system had negative curvature in %.0f %% of the tasks, where conjugate"
                            + " gradients mean nothing and curvature is partly left out; a larger meta-gradient.damping (or"
                            + " method.lambda, if there is one) helps.",
                    iteration,
                    100 * bent));
        }
        double left = diagnostics.getOrDefault("residual", 0.0);
        if (!(left <= MOST_LEFT) && given.add("left")) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Warning: at iteration %d the linear system of the meta-gradient was left with a relative residual"
                            + " of %.3g, so that no solution at all would have been nearer; a larger"
                            + " meta-gradient.damping or more iterations help.",
                    iteration,
                    left));
        }
        return warnings;
    }
}
