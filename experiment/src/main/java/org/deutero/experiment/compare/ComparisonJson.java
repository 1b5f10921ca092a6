package org.deutero.experiment.compare;

import java.util.List;
import org.deutero.experiment.metrics.JsonNumbers;
import org.deutero.experiment.report.ComparisonData;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A comparison as one JSON object, without pictures: components of these records are its keys, in their order. NaN and infinity are null. */
public final class ComparisonJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addModule(JsonNumbers.module())
            .build();

    private ComparisonJson() {}

    /** The object, indented. */
    public static String write(ComparisonData data) {
        return MAPPER.writerWithDefaultPrettyPrinter()
                .writeValueAsString(new Whole(
                        data.metricName(),
                        data.higherIsBetter(),
                        data.tasks(),
                        data.setting(),
                        data.runs().stream().map(Run::of).toList(),
                        data.pairs().stream().map(Pair::of).toList(),
                        data.notes()));
    }

    private record Whole(
            String metricName,
            boolean higherIsBetter,
            int tasks,
            String setting,
            List<Run> runs,
            List<Pair> differences,
            List<String> notes) {}

    private record Run(
            String name,
            String folder,
            String method,
            double metric,
            double interval,
            int diverged,
            double adaptationMilliseconds,
            List<AtStep> byStep,
            List<AtShot> byShot,
            List<AtWay> byWay,
            List<Confusion> confusions,
            List<Worst> worstTasks) {
        static Run of(ComparisonData.Run run) {
            return new Run(
                    run.name(),
                    run.folder(),
                    run.method(),
                    run.metric(),
                    run.interval(),
                    run.diverged(),
                    run.milliseconds(),
                    run.bySteps().stream()
                            .map(p -> new AtStep(p.x(), p.metric(), p.interval(), p.diverged()))
                            .toList(),
                    run.byShots().stream()
                            .map(p -> new AtShot(p.x(), p.metric(), p.interval(), p.diverged()))
                            .toList(),
                    run.byWays().stream()
                            .map(p -> new AtWay(p.x(), p.metric(), p.interval(), p.diverged()))
                            .toList(),
                    run.confusions().stream()
                            .map(c -> new Confusion(List.of(c.first(), c.second()), c.mistakes(), c.chances()))
                            .toList(),
                    run.worst().stream()
                            .map(w -> new Worst(w.number(), w.metric()))
                            .toList());
        }
    }

    private record AtStep(int step, double metric, double interval, int diverged) {}

    private record AtShot(int shot, double metric, double interval, int diverged) {}

    private record AtWay(int way, double metric, double interval, int diverged) {}

    private record Confusion(List<String> classes, int mistakes, int chances) {}

    private record Worst(int task, double metric) {}

    private record Pair(
            String first,
            String second,
            double difference,
            double interval,
            int tasks,
            int firstDiverged,
            int secondDiverged,
            int bothDiverged,
            boolean paired,
            boolean told,
            String verdict) {
        static Pair of(ComparisonData.Pair pair) {
            return new Pair(
                    pair.first(),
                    pair.second(),
                    pair.difference().mean(),
                    pair.difference().interval(),
                    pair.difference().tasks(),
                    pair.difference().first(),
                    pair.difference().second(),
                    pair.difference().both(),
                    pair.difference().paired(),
                    pair.difference().told(),
                    pair.verdict());
        }
    }
}
