package org.deutero.tasks.source;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/**
 * Lifetimes in worlds, whatever the world.
 *
 * @param task what agents are built for
 * @param foreseen whether worlds tell what each action would pay, so that decisions are measured as they are made
 * @param train lifetimes to meta-train on
 * @param judged lifetimes to validate and test on
 * @param parts kinds of test lifetimes that are measured each by itself, too, by name
 */
public record WorldSettings(
        WorldShape task,
        boolean foreseen,
        TaskSource<Worlds> train,
        TaskSource<Worlds> judged,
        SortedMap<String, TaskSource<Worlds>> parts)
        implements OtherSettings<Worlds, WorldShape> {
    private static final int MOST = 1_000_000;

    /** The same lifetimes for all purposes, in a world that foresees nothing. */
    public static WorldSettings of(WorldShape task, TaskSource<Worlds> lifetimes) {
        return new WorldSettings(task, false, lifetimes, lifetimes, new TreeMap<>());
    }

    /**
     * Reads the keys of how long and by how many lives a lifetime is lived.
     *
     * @param dynamics of the world
     * @param episodes of a lifetime if the section does not say
     */
    public static WorldSettings of(Options o, Dynamics dynamics, int episodes) {
        int copies = copies(o, 1);
        int trial = episodes(o, episodes);
        int steps = steps(o, trial, dynamics.shape().limit());
        room(o, dynamics, copies);
        return of(dynamics.shape(), new Lifetimes(dynamics, copies, trial, steps));
    }

    /**
     * Reads the keys of lifetimes in which episodes begin again without end.
     *
     * @param copies if the section does not say
     * @param steps of a lifetime if the section does not say
     */
    public static WorldSettings endless(Options o, Dynamics dynamics, int copies, int steps) {
        int lives = copies(o, copies);
        int time = endlessSteps(o, steps);
        room(o, dynamics, lives);
        return of(dynamics.shape(), new Lifetimes(dynamics, lives, 0, time));
    }

    /** Refuses more lives of a lifetime than can be kept side by side. @throws OptionsException that names their key */
    public static void room(Options o, Dynamics dynamics, int copies) {
        int numbers = Math.max(dynamics.state(), dynamics.shape().observations());
        if ((long) numbers * copies > ArraySize.MOST) {
            throw new OptionsException(o.path("copies") + " is " + copies + ", but in a world of " + numbers
                    + " numbers a life expected at most " + ArraySize.MOST / numbers);
        }
    }

    /** Key of the length of a lifetime in which episodes begin again without end. */
    public static int endlessSteps(Options o, int standard) {
        return o.integer("steps", standard, 1, MOST, "steps of a lifetime, in which episodes begin again without end");
    }

    /** Key of the length of an episode. */
    public static int horizon(Options o, int standard) {
        return o.integer("horizon", standard, 1, MOST, "steps of an episode");
    }

    /** Key of the number of lives. */
    public static int copies(Options o, int standard) {
        return o.integer("copies", standard, 1, 10_000, "lives of a lifetime, side by side");
    }

    /** Key of the number of episodes. */
    public static int episodes(Options o, int standard) {
        return o.integer(
                "episodes", standard, 0, MOST, "episodes of a lifetime; 0 for as many as its steps have time for");
    }

    /**
     * Key of the length of a lifetime.
     *
     * @param episodes of it; 0 for episodes without end
     * @param limit steps of an episode
     */
    public static int steps(Options o, int episodes, int limit) {
        Optional<Integer> steps = o.optionalInteger(
                "steps", 1, MOST, "steps of a lifetime at most; left out, all the time that its episodes may take");
        if (episodes == 0 && steps.isEmpty()) {
            throw new OptionsException(o.path("episodes") + " is 0, so a lifetime has no end: expected "
                    + o.path("steps") + ", its number of steps");
        }
        long all = (long) episodes * limit;
        if (steps.isEmpty() && all > Integer.MAX_VALUE) {
            throw new OptionsException(o.path("episodes") + " is " + episodes + ", and an episode may take " + limit
                    + " steps, so a lifetime has " + all + ": expected at most " + Integer.MAX_VALUE + ", or "
                    + o.path("steps") + ", its number of steps");
        }
        return steps.orElse((int) all);
    }

    @Override
    public TaskKind<Worlds, WorldShape> kind() {
        return TaskKind.WORLDS;
    }

    @Override
    public boolean streams() {
        return foreseen;
    }

    @Override
    public List<String> measures() {
        return foreseen
                ? List.of("reward", "regret", "return")
                : List.of(
                        "return",
                        "policy-return",
                        "late-reward",
                        "mean-reward",
                        "late-terminal-reward",
                        "mean-terminal-reward");
    }

    @Override
    public Tasks<Worlds> tasks(Optional<TaskSet> none, LoadListener listener) {
        return new Tasks<>(train, Optional.of(judged), judged, parts);
    }
}
