package org.deutero.tasks.mdp;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/**
 * Random tabular Markov decision processes.
 *
 * @param lifetimes to train, validate and test on
 */
public record MdpSettings(Lifetimes lifetimes) implements OtherSettings<Worlds, WorldShape> {
    /** Reads the keys. */
    public static MdpSettings of(Options o) {
        RandomMdp mdp = new RandomMdp(
                o.integer("states", 10, 1, 10_000, "states of a process"),
                o.integer("choices", 5, 1, 10_000, "actions in every state"),
                o.integer("horizon", 10, 1, 1_000_000, "steps of an episode"));
        return new MdpSettings(Lifetimes.trials(
                mdp,
                o.integer("copies", 1, 1, 10_000, "lives of a lifetime, side by side"),
                o.integer("episodes", 10, 1, 1_000_000, "episodes of a lifetime")));
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
        return List.of("return");
    }

    @Override
    public Tasks<Worlds> tasks(Optional<TaskSet> none, LoadListener listener) {
        return Tasks.of(lifetimes, lifetimes);
    }
}
