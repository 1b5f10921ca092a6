package org.deutero.tasks.chain;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.source.WorldSettings;

/** Sources of delayed chains. */
public final class ChainSettings {
    private ChainSettings() {}

    /** Reads the keys of lifetimes on a chain. */
    public static WorldSettings of(Options o) {
        return WorldSettings.endless(o, chain(o), 8, 2000);
    }

    /** Reads the keys of the chain itself. */
    public static DelayedChain chain(Options o) {
        int shortest = o.integer("shortest", 5, 1, 100_000, "actions of an episode at least; drawn for every lifetime");
        int longest = o.integer("longest", 30, 1, 100_000, "actions of an episode at most");
        if (longest < shortest) {
            throw new OptionsException(o.path("longest") + " is " + longest + ", but expected at least "
                    + o.path("shortest") + ", which is " + shortest);
        }
        return new DelayedChain(
                o.choice(
                        "cue",
                        DelayedChain.Cue.NONE,
                        "who knows which first action is right: nobody, and it stays so for a lifetime, or who sees"
                                + " the start of an episode"),
                shortest,
                longest,
                o.choice(
                        "noise",
                        DelayedChain.Noise.NONE,
                        "which steps pay +1 or -1 by chance, besides the last of an episode"),
                o.integer(
                        "distraction",
                        0,
                        0,
                        10_000,
                        "random bits beside two that tell something, in place of numbered states; 0 for numbered"
                                + " states"));
    }
}
