package org.deutero.experiment.report;

import java.util.Optional;
import org.deutero.experiment.metrics.MetricRow;

/** What is to be said of test tasks without a finite figure. */
public final class Divergence {
    private Divergence() {}

    /** Over how many tasks the figure of a test is, such as {@code 10 tasks} or {@code 3 of 10 tasks}. */
    public static String over(MetricRow.Test test) {
        return (test.diverged() > 0 ? test.tasks() - test.diverged() + " of " : "")
                + test.tasks()
                + (test.tasks() == 1 ? " task" : " tasks");
    }

    /** One sentence without its full stop; empty if no task diverged. */
    public static Optional<String> sentence(MetricRow.Test test) {
        String cause = ": the " + MetricNames.words(test.metricName()) + " is not finite";
        if (test.allDiverged()) {
            return Optional.of((test.tasks() == 1 ? "the only test task" : "all " + test.tasks() + " test tasks")
                    + " diverged" + cause + ", so there is no figure; smaller inner steps or fewer of them may help");
        }
        if (test.diverged() > 0) {
            return Optional.of(test.diverged() + " of " + test.tasks() + " test tasks diverged" + cause
                    + ", and the mean is over the other " + (test.tasks() - test.diverged()));
        }
        return test.byStep().stream().anyMatch(at -> at.diverged() > 0)
                        || test.parts().stream().anyMatch(part -> part.diverged() > 0)
                ? Optional.of("some figures by step or part leave out test tasks that diverged" + cause)
                : Optional.empty();
    }
}
