package org.deutero.app.progress;

import java.util.function.Consumer;
import org.deutero.experiment.rule.StudyListener;

/** Tells in plain lines how far a study of a rule is. */
public final class StudyMessages implements StudyListener {
    private final Consumer<String> out;
    private Countdown left;

    /** Lines go to {@code out}. */
    public StudyMessages(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void message(String line) {
        out.accept(line);
    }

    @Override
    public void begins(int pieces) {
        left = new Countdown(out, pieces);
    }

    @Override
    public void done(String what) {
        left.done(what);
    }
}
