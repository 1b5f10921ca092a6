package org.deutero.tasks.disguise;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.world.World;
import org.deutero.tasks.world.Worlds;

/**
 * The lifetimes of a source in disguise, each in one of its own. Drawing a + b lifetimes gives the same as drawing a and then b.
 *
 * @param source of the lifetimes; all of one size
 * @param wardrobe what they are disguised by
 */
public record Disguises(TaskSource<Worlds> source, Wardrobe wardrobe) implements TaskSource<Worlds> {
    @Override
    public Worlds sample(int tasks, RandomGenerator rng) {
        List<World> worlds = new ArrayList<>();
        long[] seeds = new long[tasks];
        Worlds first = null;
        for (int t = 0; t < tasks; t++) {
            Worlds lifetime = source.sample(1, rng);
            first = first == null ? lifetime : first;
            seeds[t] = lifetime.seeds()[0];
            worlds.add(Disguised.of(
                    lifetime.world(), wardrobe.draw(rng, lifetime.world().shape())));
        }
        if (first == null) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        World all = worlds.get(0).join(worlds.subList(1, tasks));
        return new Worlds(all, seeds, first.copies(), first.episodes(), first.steps());
    }
}
