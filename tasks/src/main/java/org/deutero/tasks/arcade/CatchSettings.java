package org.deutero.tasks.arcade;

import org.deutero.options.Options;
import org.deutero.tasks.source.WorldSettings;

/** Source of lifetimes of {@link Catch}. */
public final class CatchSettings {
    private CatchSettings() {}

    /** Reads the keys. */
    public static WorldSettings of(Options o) {
        Catch game = new Catch(
                o.integer("rows", 5, 2, 1_000, "rows of the board; an episode takes one step less"),
                o.integer("columns", 5, 1, 1_000, "columns of the board"));
        return WorldSettings.of(o, game, 10);
    }
}
