package org.deutero.app.progress;

import org.deutero.experiment.RunListener;
import org.deutero.tasks.files.LoadListener;

/**
 * Shows how far a run is.
 *
 * @param display where; whoever opened it closes it, too
 */
public record RunMessages(ProgressDisplay display) implements RunListener {
    @Override
    public void message(String line) {
        display.message(line);
    }

    @Override
    public LoadListener loading() {
        return new LoadMessages(display);
    }

    @Override
    public void started(long iteration, long total) {
        display.start(iteration, total);
    }

    @Override
    public void progress(Progress now) {
        display.update(now.iteration(), now.rate(), now.loss(), now.validation());
    }

    /** The bar goes away before results are printed. */
    @Override
    public void closed() {
        display.close();
    }
}
