package org.deutero.tasks.locomotion;

import org.deutero.options.Options;
import org.deutero.tasks.control.Aim;
import org.deutero.tasks.source.WorldSettings;

/** Sources of bodies that walk. */
public final class LocomotionSettings {
    private LocomotionSettings() {}

    /** Reads the keys of a planar cheetah. */
    public static WorldSettings cheetah(Options o, Aim aim) {
        return WorldSettings.of(o, new PlanarCheetah(aim, WorldSettings.horizon(o, 200)), 1);
    }
}
