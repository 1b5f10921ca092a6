package org.deutero.app.command;

import java.util.List;
import org.deutero.app.progress.ProgressDisplay;
import org.deutero.app.progress.RunMessages;
import org.deutero.app.report.ReportFile;
import org.deutero.app.tensorboard.Events;
import org.deutero.app.terminal.Interruption;
import org.deutero.experiment.RunListener;

/** Who hears of the runs of a command. */
final class RunListeners {
    private RunListeners() {}

    /** A person at the display, TensorBoard and the report. */
    static RunListener training(ProgressDisplay display) {
        return RunListener.all(List.of(new RunMessages(display), new Events(), new ReportFile()));
    }

    /** The same, and the person's keyboard. */
    static RunListener training(ProgressDisplay display, Interruption interruption) {
        return RunListener.all(List.of(training(display), interruption));
    }

    /** The report alone. */
    static RunListener report() {
        return new ReportFile();
    }
}
