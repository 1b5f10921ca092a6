package org.deutero.experiment;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.deutero.experiment.base.Libraries;
import org.deutero.experiment.base.Version;
import org.deutero.learn.meta.MetaState;

/** Where a result comes from: what the report says of it. */
final class Provenance {
    private Provenance() {}

    static Map<String, String> of(Experiment e, MetaState state, double trainingSeconds) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("method", e.method().title() + " (" + e.method().source() + ")");
        facts.put("what is learned", e.method().summary());
        facts.put(
                "meta-gradient",
                e.metaGradient().name() + ": " + e.metaGradient().describe());
        facts.put(
                "meta-parameters",
                String.format(Locale.ROOT, "%,d", state.theta().numel()));
        facts.put("tasks", e.tasks().describe());
        facts.put("meta-iterations of the state used", Long.toString(state.iteration()));
        facts.put("tasks in an update", Integer.toString(e.schedule().metaBatch()));
        facts.put("seed", Long.toString(e.seed()));
        facts.put("training time", Double.isNaN(trainingSeconds) ? "-" : time(trainingSeconds));
        facts.put("deutero", Version.deutero());
        facts.put("libtorch (org.bytedeco:pytorch)", Libraries.onClassPath().getOrDefault("pytorch", "unknown"));
        facts.put("Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
        facts.put(
                "system",
                System.getProperty("os.name") + ", " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors, "
                        + e.schedule().workers() + " workers");
        facts.put(
                "written",
                ZonedDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z")));
        return facts;
    }

    private static String time(double seconds) {
        long s = Math.round(seconds);
        return s < 60
                ? s + " s"
                : String.format(Locale.ROOT, "%d h %02d min %02d s", s / 3600, s / 60 % 60, s % 60)
                        .replaceFirst("^0 h ", "");
    }
}
