package org.deutero.tasks.chain;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/**
 * Lifetimes on delayed chains, in which episodes begin again without end.
 *
 * @param lifetimes to train, validate and test on
 */
public record ChainSettings(Lifetimes lifetimes) implements OtherSettings<Worlds, WorldShape> {
    /** Reads the keys. */
    public static ChainSettings of(Options o) {
        return new ChainSettings(new Lifetimes(
                chain(o),
                o.integer("copies", 8, 1, 10_000, "lives of a lifetime, side by side"),
                0,
                o.integer("steps", 2000, 1, 100_000_000, "steps of a lifetime in each of its copies")));
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
                        "who knows which first action is right: nobody, and it stays so for a lifetime, or who sees the start of an episode"),
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
                        "random bits beside two that tell something, in place of numbered states; 0 for numbered states"));
    }

    @Override
    public TaskKind<Worlds, WorldShape> kind() {
        return TaskKind.WORLDS;
    }

    @Override
    public WorldShape task() {
        return lifetimes.dynamics().shape();
    }

    @Override
    public List<String> measures() {
        return List.of("return", "late-reward", "mean-reward", "late-terminal-reward", "mean-terminal-reward");
    }

    @Override
    public Tasks<Worlds> tasks(Optional<TaskSet> none, LoadListener listener) {
        return Tasks.of(lifetimes, lifetimes);
    }
}
