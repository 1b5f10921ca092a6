package org.deutero.experiment.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.metrics.MetricRow;

/**
 * What a report is made from.
 *
 * @param title name of the run or recipe
 * @param description one sentence about it; may be empty
 * @param published the figure in print that it is measured against, with its source; may be empty
 * @param metricName {@code accuracy} (shown in per cent) or another, such as {@code mse}
 * @param rows all rows of {@code metrics.jsonl}
 * @param episodes examples of classification tasks; may be empty
 * @param adaptations examples of regression tasks; may be empty
 * @param bands examples of functions that the learner is sure of to some degree; may be empty
 * @param completions examples of pictures, likewise; may be empty
 * @param readings examples of tasks whose answers are numbers told of pictures; may be empty
 * @param courses how tasks went that are no episodes; may be empty
 * @param strips of episodes in worlds; may be empty
 * @param suspects training pictures whose labels are in doubt, where that is of interest
 * @param structure what each layer of a learner that can tell used of itself; may be empty
 * @param provenance seed, versions, sizes and times, in the order shown
 * @param recipe the resolved recipe as YAML
 */
@SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
public record ReportData(
        String title,
        String description,
        String published,
        String metricName,
        List<MetricRow> rows,
        List<Episode> episodes,
        List<Adaptation> adaptations,
        List<Band> bands,
        List<Completion> completions,
        List<Reading> readings,
        List<Course> courses,
        List<Strip> strips,
        Optional<Suspects> suspects,
        List<Layer> structure,
        Map<String, String> provenance,
        String recipe) {
    public ReportData {
        bands = List.copyOf(bands);
        courses = List.copyOf(courses);
        strips = List.copyOf(strips);
        completions = List.copyOf(completions);
        readings = List.copyOf(readings);
        structure = List.copyOf(structure);
        rows = List.copyOf(rows);
        episodes = List.copyOf(episodes);
        adaptations = List.copyOf(adaptations);
        provenance = new LinkedHashMap<>(provenance);
    }

    /** A report on a run of a title, measured by something. */
    public static Builder of(String title, String metricName, List<MetricRow> rows) {
        return new Builder(title, metricName, rows);
    }

    /** Collects what a report shows; whatever is not told is empty. */
    public static final class Builder {
        private final String title;
        private final String metricName;
        private final List<MetricRow> rows;
        private String description = "";
        private String published = "";
        private Map<String, String> provenance = Map.of();
        private String recipe = "";
        private Optional<Suspects> suspects = Optional.empty();
        private List<Episode> episodes = List.of();
        private List<Adaptation> adaptations = List.of();
        private List<Band> bands = List.of();
        private List<Completion> completions = List.of();
        private List<Reading> readings = List.of();
        private List<Course> courses = List.of();
        private List<Strip> strips = List.of();
        private List<Layer> structure = List.of();

        private Builder(String title, String metricName, List<MetricRow> rows) {
            this.title = title;
            this.metricName = metricName;
            this.rows = rows;
        }

        /** A sentence about it, and the figure in print that it is measured against. */
        public Builder about(String sentence, String figure) {
            description = sentence;
            published = figure;
            return this;
        }

        /** Seed, versions, sizes and times, and the resolved recipe as YAML. */
        public Builder made(Map<String, String> circumstances, String yaml) {
            provenance = circumstances;
            recipe = yaml;
            return this;
        }

        /** Training pictures whose labels are in doubt. */
        public Builder suspects(Optional<Suspects> doubtful) {
            suspects = doubtful;
            return this;
        }

        /** Examples of classification tasks. */
        public Builder episodes(List<Episode> shown) {
            episodes = shown;
            return this;
        }

        /** Examples of regression tasks. */
        public Builder adaptations(List<Adaptation> shown) {
            adaptations = shown;
            return this;
        }

        /** Examples of functions that the learner is sure of to some degree. */
        public Builder bands(List<Band> shown) {
            bands = shown;
            return this;
        }

        /** Examples of pictures, likewise. */
        public Builder completions(List<Completion> shown) {
            completions = shown;
            return this;
        }

        /** Examples of tasks whose answers are numbers told of pictures. */
        public Builder readings(List<Reading> shown) {
            readings = shown;
            return this;
        }

        /** How tasks went that are no episodes. */
        public Builder courses(List<Course> shown) {
            courses = shown;
            return this;
        }

        /** Episodes in worlds. */
        public Builder strips(List<Strip> shown) {
            strips = shown;
            return this;
        }

        /** What each layer used of itself. */
        public Builder structure(List<Layer> shown) {
            structure = shown;
            return this;
        }

        /** The data. */
        public ReportData build() {
            return new ReportData(
                    title,
                    description,
                    published,
                    metricName,
                    rows,
                    episodes,
                    adaptations,
                    bands,
                    completions,
                    readings,
                    courses,
                    strips,
                    suspects,
                    structure,
                    provenance,
                    recipe);
        }
    }

    /**
     * What some test tasks used of a layer. Overlap is the mean Jaccard index over pairs of tasks; NaN stands for "there are none".
     *
     * @param strength of units, {@code [tasks][units]}, in [0, 1]; empty for a layer without units of interest
     * @param unitShare share of units that are active in a task
     * @param unitOverlap of active units
     * @param weightShare share of weights that are active in a task
     * @param weightOverlap of active weights
     */
    public record Layer(
            String name,
            float[][] strength,
            double unitShare,
            double unitOverlap,
            double weightShare,
            double weightOverlap) {}

    /**
     * One N-way K-shot task with the answers that were given.
     *
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param support pictures to learn from, each {@code [channels * height * width]}
     * @param supportLabels class of each, from 0
     * @param queries pictures to be told
     * @param queryLabels their true classes
     * @param predicted the classes that were answered
     * @param probability the probability given to each answer
     */
    public record Episode(
            int channels,
            int height,
            int width,
            float[][] support,
            int[] supportLabels,
            float[][] queries,
            int[] queryLabels,
            int[] predicted,
            double[] probability) {}

    /**
     * One regression task as its learner came to see it.
     *
     * @param x where the curves are drawn, ascending
     * @param truth the true function there
     * @param predictions the learner's function there after step 0 (before learning), 1, 2, ...
     * @param supportX where the learner was told the truth
     * @param supportY what it was told
     */
    public record Adaptation(
            double[] x, double[] truth, List<double[]> predictions, double[] supportX, double[] supportY) {
        public Adaptation {
            predictions = List.copyOf(predictions);
        }
    }

    /**
     * What a learner believes of a function of one variable.
     *
     * @param x where the curves are drawn, ascending
     * @param truth the true function there
     * @param mean expected there
     * @param deviation standard deviation there
     * @param samples some functions that it holds possible; may be empty
     * @param shownX where it was told the truth
     * @param shownY what it was told
     */
    public record Band(
            double[] x,
            double[] truth,
            double[] mean,
            double[] deviation,
            List<double[]> samples,
            double[] shownX,
            double[] shownY) {
        public Band {
            samples = List.copyOf(samples);
        }
    }

    /**
     * A picture of which some pixels are shown.
     *
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param truth the whole picture {@code [channels * height * width]}
     * @param beliefs by how many pixels are shown
     */
    public record Completion(int channels, int height, int width, float[] truth, List<Belief> beliefs) {
        public Completion {
            beliefs = List.copyOf(beliefs);
        }

        /**
         * What is believed of a picture.
         *
         * @param shown which pixels are shown, row by row
         * @param mean expected picture
         * @param deviation standard deviation of each value
         */
        public record Belief(int[] shown, float[] mean, float[] deviation) {}
    }

    /**
     * One task in which numbers are told of pictures, such as how far an object is turned.
     *
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param support pictures to learn from, each {@code [channels * height * width]}
     * @param supportY what was told of each, [outputs]
     * @param queries pictures to be told of
     * @param queryY the truth about them
     * @param predicted the answers
     */
    public record Reading(
            int channels,
            int height,
            int width,
            float[][] support,
            double[][] supportY,
            float[][] queries,
            double[][] queryY,
            double[][] predicted) {}
}
