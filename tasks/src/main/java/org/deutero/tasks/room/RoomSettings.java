package org.deutero.tasks.room;

import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deutero.options.Options;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tensor.Permutations;

/** Sources of dark rooms. */
public final class RoomSettings {
    /** Where episodes begin. */
    private enum Start {
        /** In cell (0, 0). */
        CORNER,
        /** In the middle. */
        CENTER
    }

    /** Where goals are. */
    private enum Goals {
        /** In any cell, in all lifetimes. */
        ANYWHERE,
        /** In meta-training in four cells of five, in validation and test in the others. */
        SPLIT,
        /** In the corner opposite of (0, 0), in all lifetimes. */
        FAR_CORNER
    }

    private RoomSettings() {}

    /** Reads the keys of a room with a goal. */
    public static WorldSettings darkRoom(Options o) {
        int size = o.integer("size", 10, 1, 1000, "cells along each side");
        Room room = room(o, size, Start.CORNER);
        Goals goals = o.choice(
                "goals",
                Goals.SPLIT,
                "where they are: anywhere, in meta-training in four cells of five and in the test in the others, or"
                        + " always in the far corner");
        long seed = o.longInteger("goal-seed", 0, "from which cells of meta-training are drawn");
        boolean once = o.flag("once", false, "whether the goal pays only once in an episode");
        int horizon = WorldSettings.horizon(o, 100);
        int[][] parts = parts(goals, size * size, seed);
        DarkRoom train = new DarkRoom(room, parts[0], once, horizon);
        DarkRoom judged = new DarkRoom(room, parts[1], once, horizon);
        int copies = WorldSettings.copies(o, 1);
        int episodes = WorldSettings.episodes(o, 1);
        int steps = WorldSettings.steps(o, episodes, horizon);
        WorldSettings.room(o, train, copies);
        return new WorldSettings(
                train.shape(),
                false,
                new Lifetimes(train, copies, episodes, steps),
                new Lifetimes(judged, copies, episodes, steps),
                new TreeMap<>());
    }

    /** Goals of meta-training, and those of validation and test. */
    private static int[][] parts(Goals goals, int cells, long seed) {
        int[] all = IntStream.range(0, cells).toArray();
        return switch (goals) {
            case ANYWHERE -> new int[][] {all, all};
            case FAR_CORNER -> new int[][] {{cells - 1}, {cells - 1}};
            case SPLIT -> {
                int[] order = Permutations.draw(new SplittableRandom(seed), cells);
                int cut = Math.max(1, Math.min(cells - 1, cells * 4 / 5));
                yield cells == 1
                        ? new int[][] {all, all}
                        : new int[][] {
                            IntStream.of(order).limit(cut).toArray(),
                            IntStream.of(order).skip(cut).toArray()
                        };
            }
        };
    }

    /** Reads the keys of a room with a key and a door. */
    public static WorldSettings keyToDoor(Options o) {
        int size = o.integer("size", 9, 2, 1000, "cells along each side");
        Room room = room(o, size, Start.CENTER);
        return WorldSettings.of(o, new KeyToDoor(room, WorldSettings.horizon(o, 50)), 1);
    }

    private static Room room(Options o, int size, Start standard) {
        Start start = o.choice("start", standard, "where episodes begin");
        Room.Sight sight = o.choice(
                "sight", Room.Sight.CELL, "what is seen: a number for every cell, 1 where the agent is, or x and y");
        return new Room(size, start == Start.CENTER ? Room.center(size) : 0, sight);
    }
}
