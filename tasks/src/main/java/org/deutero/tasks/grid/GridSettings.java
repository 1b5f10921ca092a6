package org.deutero.tasks.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.grid.GridWorld.Layout;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.world.Dynamics;

/** Sources of grids. */
public final class GridSettings {
    private static final String VARIED = "varied";

    private GridSettings() {}

    /** Reads the keys of lifetimes on a grid. */
    public static WorldSettings of(Options o) {
        return WorldSettings.endless(o, grid(o), 16, 3000);
    }

    /** Reads the keys of the grid itself. */
    public static Dynamics grid(Options o) {
        List<String> names = new ArrayList<>();
        for (NamedLevel level : NamedLevel.values()) {
            names.add(name(level));
        }
        names.add(VARIED);
        String name = o.choice(
                "level",
                name(NamedLevel.DENSE),
                names,
                "size, objects, walls and time, each of which a key can change; varied draws them for every lifetime");
        Layout layout = o.choice(
                "layout",
                Layout.FIXED,
                "whether objects have cells of the lifetime's own, with numbered states, or of every episode's");
        Moves moves = o.choice(
                "moves", Moves.FIVE, "what can be done: 5 or 9 moves, or 9 moves and collecting in 9 directions");
        boolean wandering = layout == Layout.FIXED
                && o.flag(
                        "wandering",
                        name.equals(VARIED),
                        "whether episodes begin in a random cell rather than in one of the lifetime");
        Levels levels = name.equals(VARIED) ? new VariedLevels() : levels(o, name);
        try {
            GridWorld grid = new GridWorld(levels, moves, layout, wandering);
            return layout == Layout.FIXED ? new FixedGrid(grid) : grid;
        } catch (IllegalArgumentException e) {
            throw new OptionsException(
                    size(o) + " and " + o.path("objects") + " do not go with this " + o.path("layout") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static String size(Options o) {
        return o.path("width") + ", " + o.path("height");
    }

    private static String name(NamedLevel level) {
        return level.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Levels levels(Options o, String name) {
        boolean groove = o.flag("groove", false, "whether levels are as in GROOVE, where they differ from the paper's");
        NamedLevel named = null;
        for (NamedLevel level : NamedLevel.values()) {
            named = name(level).equals(name) ? level : named;
        }
        Level standard = named.level(groove);
        List<Double> numbers = new ArrayList<>();
        for (Item item : standard.items()) {
            numbers.addAll(List.of(item.reward(), item.end(), item.respawn()));
        }
        int width = o.integer("width", standard.width(), 1, 1000, "cells of a row");
        int height = o.integer("height", standard.height(), 1, 1000, "rows");
        int limit = o.integer("limit", standard.limit(), 1, 1_000_000, "steps of an episode at most");
        List<Double> objects = o.numbers(
                "objects",
                numbers,
                "of each object its reward, the probability that collecting it ends the episode, and that of coming"
                        + " back in a step");
        List<Integer> walls = o.integers(
                "walls",
                width == standard.width() && height == standard.height()
                        ? standard.walls().stream().sorted().toList()
                        : List.of(),
                0,
                width * height - 1,
                "cells with a wall, numbered row by row");
        List<Item> items = items(o, objects);
        try {
            return Levels.of(new Level(width, height, limit, items, Set.copyOf(walls)));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(
                    size(o) + ", " + o.path("walls") + " and " + o.path("objects") + " do not go together: "
                            + e.getMessage(),
                    e);
        }
    }

    private static List<Item> items(Options o, List<Double> numbers) {
        if (numbers.size() % 3 != 0 || numbers.isEmpty()) {
            throw new OptionsException(o.path("objects") + " has " + numbers.size()
                    + " numbers, but expected three for each object: reward, end and coming back");
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += 3) {
            try {
                items.add(new Item(numbers.get(i), numbers.get(i + 1), numbers.get(i + 2)));
            } catch (IllegalArgumentException e) {
                throw new OptionsException(o.path("objects") + ", object " + (i / 3 + 1) + ": " + e.getMessage(), e);
            }
        }
        return items;
    }
}
