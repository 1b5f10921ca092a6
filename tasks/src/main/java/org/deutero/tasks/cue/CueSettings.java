package org.deutero.tasks.cue;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.source.WorldSettings;

/** The source of cue-reward associations. */
public final class CueSettings {
    private CueSettings() {}

    /** Reads the keys. */
    public static WorldSettings of(Options o) {
        int bits = o.integer("bits", 20, 1, 62, "bits of a cue");
        int cues = o.integer("cues", 4, 2, 1000, "cues of a lifetime, one of which is its target");
        int shown = o.integer("shown", 2, 1, 1000, "cues that a trial shows");
        int trial = o.integer("trial", 6, 2, 10_000, "steps of a trial; the last is the signal to answer");
        double wrong = o.number("wrong", -1, -1e6, 1, "what a wrong answer is paid; a right one is paid 1");
        if (cues > 1L << bits) {
            throw new OptionsException(o.path("cues") + " is " + cues + ", but expected at most " + (1L << bits)
                    + ", as many as there are with " + o.path("bits") + " " + bits);
        }
        if (shown >= cues) {
            throw new OptionsException(o.path("shown") + " is " + shown + ", but expected fewer than " + o.path("cues")
                    + ", which is " + cues);
        }
        if (trial <= shown) {
            throw new OptionsException(o.path("trial") + " is " + trial + ", but expected more than " + o.path("shown")
                    + ", which is " + shown + ": a step for each cue, and one for the signal");
        }
        return WorldSettings.of(o, new CueReward(bits, cues, shown, trial, wrong, WorldSettings.horizon(o, 120)), 1);
    }
}
