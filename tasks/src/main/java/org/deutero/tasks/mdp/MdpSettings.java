package org.deutero.tasks.mdp;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.source.WorldSettings;

/** Sources of tabular Markov decision processes. */
public final class MdpSettings {
    private MdpSettings() {}

    /** Reads the keys of random processes. */
    public static WorldSettings random(Options o) {
        int states = o.integer("states", 10, 1, 10_000, "states of a process");
        int choices = o.integer("choices", 5, 1, 10_000, "actions in every state");
        long numbers = ArraySize.product(states, choices, 1 + states);
        if (numbers > ArraySize.MOST) {
            throw new OptionsException(o.path("states") + " is " + states + " and " + o.path("choices") + " " + choices
                    + ", so the table of a process has " + numbers + " numbers: expected at most " + ArraySize.MOST);
        }
        RandomMdp mdp = new RandomMdp(states, choices, WorldSettings.horizon(o, 10));
        return WorldSettings.of(o, mdp, 10);
    }
}
