package org.deutero.tasks.control;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.deutero.options.Options;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.control.CartPoleTasks.Polarity;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.world.Worlds;

/** Sources of worlds of classic control. */
public final class ControlSettings {
    private ControlSettings() {}

    /** Reads the keys of a pole on a cart. Where both polarities are met, each is measured by itself, too. */
    public static WorldSettings cartPole(Options o) {
        int horizon = o.integer("horizon", 200, 1, 1_000_000, "steps of a life at most");
        Polarity polarity = o.choice("polarity", Polarity.BOTH, "which lives have their two actions swapped");
        int copies = WorldSettings.copies(o, 2);
        int episodes = WorldSettings.episodes(o, 1);
        int steps = WorldSettings.steps(o, episodes, horizon);
        Function<Polarity, CartPoleTasks> lives = p -> new CartPoleTasks(horizon, p, copies, episodes, steps);
        SortedMap<String, TaskSource<Worlds>> parts = new TreeMap<>();
        if (polarity == Polarity.BOTH) {
            parts.put("normal", lives.apply(Polarity.NORMAL));
            parts.put("swapped", lives.apply(Polarity.SWAPPED));
        }
        CartPoleTasks all = lives.apply(polarity);
        return new WorldSettings(CartPole.shape(horizon), false, all, all, parts);
    }

    /** Reads the keys of a rod that is to be swung up. */
    public static WorldSettings pendulum(Options o) {
        Pendulum world = new Pendulum(
                Range.of(o, "gravity", 10, "in m/s^2"),
                Range.of(o, "mass", 1, "of the rod, in kg"),
                Range.of(o, "length", 1, "of the rod, in m"),
                o.choice("torque", Pendulum.Turn.NORMAL, "which way it works, or either way in each lifetime"),
                WorldSettings.horizon(o, 200));
        return WorldSettings.of(o, world, 1);
    }

    /** Reads the keys of a car in a valley. */
    public static WorldSettings mountainCar(Options o, MountainCar.Throttle throttle) {
        return WorldSettings.of(o, new MountainCar(throttle, WorldSettings.horizon(o, throttle.horizon())), 1);
    }

    /** Reads the keys of two rods. */
    public static WorldSettings acrobot(Options o) {
        return WorldSettings.of(o, new Acrobot(WorldSettings.horizon(o, 500)), 1);
    }

    /** Reads the keys of a point that looks for a goal. */
    public static WorldSettings pointNavigation(Options o) {
        PointNavigation world = new PointNavigation(
                o.positive("goal-range", 0.5, "goals lie within so much of the start in each coordinate"),
                o.optionalNumber(
                                "arena",
                                Double.MIN_VALUE,
                                Double.MAX_VALUE,
                                "the point is held within so much of the start in each coordinate; left out, it goes"
                                        + " where it likes")
                        .orElse(Double.POSITIVE_INFINITY),
                WorldSettings.horizon(o, 100));
        return WorldSettings.of(o, world, 1);
    }

    /** Reads the keys of a mass that is to move along the first coordinate. */
    public static WorldSettings pointMass(Options o, Aim aim) {
        return WorldSettings.of(o, new PointMass(aim, WorldSettings.horizon(o, 100)), 1);
    }
}
