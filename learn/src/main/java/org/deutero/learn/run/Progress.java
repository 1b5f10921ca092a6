package org.deutero.learn.run;

import java.util.Map;

/**
 * What early stopping remembers; stored in checkpoints, so that a resumed run stops where an uninterrupted one would.
 *
 * @param best best validation figure, NaN before the first
 * @param bestIteration when it was reached
 * @param stale validations since
 */
record Progress(double best, long bestIteration, int stale) {
    static final Progress NONE = new Progress(Double.NaN, 0, 0);

    Progress after(double figure, long iteration, boolean higherIsBetter) {
        boolean better = Double.isNaN(best) ? !Double.isNaN(figure) : higherIsBetter ? figure > best : figure < best;
        return better ? new Progress(figure, iteration, 0) : new Progress(best, bestIteration, stale + 1);
    }

    Map<String, String> toMetadata() {
        return Map.of(
                "best",
                Double.toString(best),
                "best-iteration",
                Long.toString(bestIteration),
                "stale",
                Integer.toString(stale));
    }

    static Progress of(Map<String, String> metadata) {
        return new Progress(
                Double.parseDouble(metadata.getOrDefault("best", "NaN")),
                Long.parseLong(metadata.getOrDefault("best-iteration", "0")),
                Integer.parseInt(metadata.getOrDefault("stale", "0")));
    }
}
