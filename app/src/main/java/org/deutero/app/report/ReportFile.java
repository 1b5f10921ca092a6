package org.deutero.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.report.ReportData;

/** Writes {@code report.html} and what it links to into a run's folder whenever the run has been measured. */
public final class ReportFile implements RunListener {
    @Override
    public void evaluated(RunFolder folder, ReportData data) {
        try {
            Report.write(folder.report(), data);
            if (data.suspects().isPresent()) {
                SuspectsPage.write(
                        folder.suspectsPage(), data.title(), data.suspects().get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
