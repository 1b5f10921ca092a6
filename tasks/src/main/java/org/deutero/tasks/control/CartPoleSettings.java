package org.deutero.tasks.control;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.options.Options;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/**
 * Lives on a pole on a cart.
 *
 * @param lives to train, validate and test on
 */
public record CartPoleSettings(CartPoleTasks lives) implements OtherSettings<Worlds, WorldShape> {
    /** Reads the keys. */
    public static CartPoleSettings of(Options o) {
        return new CartPoleSettings(new CartPoleTasks(
                o.integer("horizon", 200, 1, 1_000_000, "steps of a life at most"),
                o.choice("polarity", CartPoleTasks.Polarity.BOTH, "which lives have their two actions swapped")));
    }

    @Override
    public TaskKind<Worlds, WorldShape> kind() {
        return TaskKind.WORLDS;
    }

    @Override
    public WorldShape task() {
        return CartPole.shape(lives.horizon());
    }

    @Override
    public List<String> measures() {
        return List.of("return");
    }

    /** Where both polarities are met, each by itself. */
    @Override
    public Tasks<Worlds> tasks(Optional<TaskSet> none, LoadListener listener) {
        SortedMap<String, TaskSource<Worlds>> parts = new TreeMap<>();
        if (lives.polarity() == CartPoleTasks.Polarity.BOTH) {
            parts.put("normal", new CartPoleTasks(lives.horizon(), CartPoleTasks.Polarity.NORMAL));
            parts.put("swapped", new CartPoleTasks(lives.horizon(), CartPoleTasks.Polarity.SWAPPED));
        }
        return new Tasks<>(lives, Optional.of(lives), lives, parts);
    }
}
