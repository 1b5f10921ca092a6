package org.deutero.app.progress;

import java.util.function.Consumer;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.incontext.StudyWatcher;

/**
 * Tells in plain lines how far a picture of many trainings is, and hands it on whenever there is more of it.
 *
 * @param <P> the picture
 */
public final class PictureMessages<P> implements StudyWatcher<P> {
    private final Consumer<String> out;
    private final RunListener trainings;
    private final Consumer<P> drawn;
    private Countdown left;

    /**
     * Nothing is told yet.
     *
     * @param out is given lines
     * @param trainings listens to each training
     * @param drawn is given the picture so far
     */
    public PictureMessages(Consumer<String> out, RunListener trainings, Consumer<P> drawn) {
        this.out = out;
        this.trainings = trainings;
        this.drawn = drawn;
    }

    @Override
    public void begins(int toDo, int done) {
        if (done > 0) {
            out.accept(done + (done == 1 ? " training is" : " trainings are") + " done already, " + toDo + " to do.");
        }
        left = new Countdown(out, toDo);
    }

    @Override
    public RunListener training(String name) {
        out.accept("Training " + name + ".");
        return trainings;
    }

    @Override
    public void trained(String name) {
        left.done(name);
    }

    @Override
    public void drawn(P picture) {
        drawn.accept(picture);
    }
}
