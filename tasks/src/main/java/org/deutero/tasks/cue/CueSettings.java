package org.deutero.tasks.cue;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.source.WorldSettings;

/** The source of cue-reward associations. */
public final class CueSettings {
    private CueSettings() {}

    /** Reads the keys. */
    public static WorldSettings of(Options o) {
        try {
            CueReward world = new CueReward(
                    o.integer("bits", 20, 1, 62, "bits of a cue"),
                    o.integer("cues", 4, 2, 1000, "cues of a lifetime, one of which is its target"),
                    o.integer("shown", 2, 1, 1000, "cues that a trial shows"),
                    o.integer("trial", 6, 2, 10_000, "steps of a trial; the last is the signal to answer"),
                    o.number("wrong", -1, -1e6, 1, "what a wrong answer is paid; a right one is paid 1"),
                    WorldSettings.horizon(o, 120));
            return WorldSettings.of(o, world, 1);
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("cues") + ": " + e.getMessage());
        }
    }
}
