package org.deutero.tasks.mdp;

import org.deutero.options.Options;
import org.deutero.tasks.source.WorldSettings;

/** Sources of tabular Markov decision processes. */
public final class MdpSettings {
    private MdpSettings() {}

    /** Reads the keys of random processes. */
    public static WorldSettings random(Options o) {
        RandomMdp mdp = new RandomMdp(
                o.integer("states", 10, 1, 10_000, "states of a process"),
                o.integer("choices", 5, 1, 10_000, "actions in every state"),
                WorldSettings.horizon(o, 10));
        return WorldSettings.of(o, mdp, 10);
    }
}
