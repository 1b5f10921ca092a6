package org.deutero.tasks.mixture;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.chain.ChainSettings;
import org.deutero.tasks.chain.DelayedChain;
import org.deutero.tasks.grid.GridSettings;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Mixture;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/** Chains and grids to train on, and other chains and grids to test on: whether what was learned in some families of worlds is worth something in others. */
public final class MixtureSettings {
    private MixtureSettings() {}

    /** Reads the keys. */
    public static WorldSettings of(Options o) {
        Dynamics chain = chain(o.section("chain"));
        Dynamics grid = grid(o.section("grid"));
        Dynamics otherChain = chain(o.section("test-chain"));
        Dynamics otherGrid = grid(o.section("test-grid"));
        WorldShape shape = Mixture.largest(List.of(chain, grid, otherChain, otherGrid));
        int copies = WorldSettings.copies(o, 8);
        int steps = WorldSettings.endlessSteps(o, 2000);
        for (Dynamics world : List.of(chain, grid, otherChain, otherGrid)) {
            WorldSettings.room(o, new Mixture(List.of(world), shape), copies);
        }
        SortedMap<String, TaskSource<Worlds>> parts = new TreeMap<>();
        parts.put("chain", lifetimes(shape, copies, steps, otherChain));
        parts.put("grid", lifetimes(shape, copies, steps, otherGrid));
        return new WorldSettings(
                shape,
                false,
                lifetimes(shape, copies, steps, chain, grid),
                lifetimes(shape, copies, steps, otherChain, otherGrid),
                parts);
    }

    private static DelayedChain chain(Options o) {
        DelayedChain chain = ChainSettings.chain(o);
        if (chain.distraction() > 0) {
            throw new OptionsException(o.path("distraction") + " is " + chain.distraction()
                    + ", but a mixture of worlds needs numbered states: expected 0");
        }
        return chain;
    }

    private static Dynamics grid(Options o) {
        Dynamics grid = GridSettings.grid(o);
        if (grid.numberedStates() == 0) {
            throw new OptionsException(
                    o.path("layout") + " is random, but a mixture of worlds needs numbered states: expected fixed");
        }
        return grid;
    }

    private static Lifetimes lifetimes(WorldShape shape, int copies, int steps, Dynamics... members) {
        return new Lifetimes(new Mixture(List.of(members), shape), copies, 0, steps);
    }
}
