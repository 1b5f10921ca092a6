package org.deutero.learn.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.learn.evaluate.Summary;

/**
 * What early stopping remembers; stored in checkpoints, so that a resumed run stops where an uninterrupted one would.
 *
 * @param best best validation figure, NaN before the first
 * @param diverged tasks that diverged then; a validation with fewer such is better, whatever the mean over the others
 * @param bestIteration when it was reached
 * @param stale validations since
 */
record Progress(double best, int diverged, long bestIteration, int stale) {
    static final Progress NONE = new Progress(Double.NaN, 0, 0, 0);

    private static final String DIVERGED = "best-diverged";

    Progress after(Summary summary, long iteration, boolean higherIsBetter) {
        return better(summary, higherIsBetter)
                ? new Progress(summary.mean(), summary.diverged(), iteration, 0)
                : new Progress(best, diverged, bestIteration, stale + 1);
    }

    private boolean better(Summary summary, boolean higherIsBetter) {
        if (Double.isNaN(summary.mean())) {
            return false;
        }
        if (Double.isNaN(best) || summary.diverged() != diverged) {
            return Double.isNaN(best) || summary.diverged() < diverged;
        }
        return higherIsBetter ? summary.mean() > best : summary.mean() < best;
    }

    Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("best", Double.toString(best));
        metadata.put("best-iteration", Long.toString(bestIteration));
        metadata.put("stale", Integer.toString(stale));
        if (diverged > 0) {
            metadata.put(DIVERGED, Integer.toString(diverged));
        }
        return metadata;
    }

    static Progress of(Map<String, String> metadata) {
        return new Progress(
                Double.parseDouble(metadata.getOrDefault("best", "NaN")),
                Integer.parseInt(metadata.getOrDefault(DIVERGED, "0")),
                Long.parseLong(metadata.getOrDefault("best-iteration", "0")),
                Integer.parseInt(metadata.getOrDefault("stale", "0")));
    }
}
