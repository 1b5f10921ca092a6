package org.deutero.experiment.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a learned rule.
 *
 * @param title of the page
 * @param description a sentence or two
 * @param genes what was meta-learned
 * @param directions where its steps go, and those of other optimisers; empty if there is no gradient to compare with
 * @param parts the same for each part of the fast state, of the rule alone
 * @param grounds races on each data set
 * @param notes what could not be measured, and why
 * @param facts under which conditions, in the order shown
 * @param recipe resolved, as YAML
 */
public record RuleData(
        String title,
        String description,
        List<Gene> genes,
        List<Direction> directions,
        List<Direction> parts,
        List<Ground> grounds,
        List<String> notes,
        Map<String, String> facts,
        String recipe) {
    /**
     * A named tensor of the meta-parameters.
     *
     * @param start values before meta-training; empty if they are not known
     * @param learned values after it, in row-major order
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Gene(String name, long[] shape, double[] start, double[] learned) {
        /** Rows of the picture: all dimensions but the last. */
        public int rows() {
            return learned.length == 0 ? 0 : learned.length / columns();
        }

        /** Columns of the picture: the last dimension. */
        public int columns() {
            return shape.length == 0 ? 1 : (int) Math.max(1, shape[shape.length - 1]);
        }
    }

    /**
     * Cosines of steps with the negative gradient, and their lengths.
     *
     * @param name of who makes the steps, or of the part that moves
     * @param cosine mean over tasks, one a step
     * @param interval half-width of its 95 % interval
     * @param rate mean length of the move divided by that of the gradient
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Direction(String name, double[] cosine, double[] interval, double[] rate) {
        /** The mean cosine of steps from (included) to (excluded); NaN steps are left out. */
        public double between(int from, int to) {
            return java.util.Arrays.stream(cosine, from, Math.min(to, cosine.length))
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /**
     * A race on one data set.
     *
     * @param name of the data set, or the settings that make it
     * @param metricName of the measure
     * @param tasks number of test tasks
     * @param online whether each figure is of what was predicted before it was learned from
     * @param curves the rule first
     * @param standing how an optimiser stands against the others, where problems are trained
     */
    public record Ground(
            String name,
            String metricName,
            int tasks,
            boolean online,
            List<Curve> curves,
            Optional<Standing> standing) {}

    /**
     * How one learner learns.
     *
     * @param name with the chosen step size
     * @param steps at which it is measured
     * @param mean of the metric
     * @param interval half-width of its 95 % interval
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Curve(String name, double[] steps, double[] mean, double[] interval) {}
}
