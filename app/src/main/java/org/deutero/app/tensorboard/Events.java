package org.deutero.app.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.recipe.RecipeFile;

/** Writes a run's recipe and figures for TensorBoard, into the run's folder. */
public final class Events implements RunListener {
    private EventWriter writer;

    @Override
    public void opened(Experiment experiment, RunFolder folder, long iteration) {
        try {
            writer = EventWriter.open(folder.events(), iteration);
            if (iteration == 0) {
                writer.text("recipe", 0, "```\n" + RecipeFile.toYaml(experiment.resolved()) + "```\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void figure(String name, long iteration, double value) {
        try {
            writer.scalar(name, iteration, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void closed() {
        try {
            if (writer != null) { // null if it could not be opened
                writer.close();
                writer = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
