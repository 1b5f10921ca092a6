package org.deutero.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.report.ReportData;

/** Writes {@code report.html} into a run's folder whenever the run has been measured. */
public final class ReportFile implements RunListener {
    @Override
    public void evaluated(RunFolder folder, ReportData data) {
        try {
            Report.write(folder.report(), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
