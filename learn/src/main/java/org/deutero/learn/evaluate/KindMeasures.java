package org.deutero.learn.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.world.Worlds;

/** The library's measures of tasks that are no episodes, by name. */
public final class KindMeasures {
    private static final Map<Class<?>, List<Measure<?>>> ALL = Map.of(
            Worlds.class,
                    List.of(
                            WorldMeasures.RETURN,
                            WorldMeasures.REWARD,
                            WorldMeasures.REGRET,
                            WorldMeasures.MEAN_REWARD,
                            WorldMeasures.LATE_REWARD,
                            WorldMeasures.MEAN_TERMINAL_REWARD,
                            WorldMeasures.LATE_TERMINAL_REWARD,
                            PolicyMeasures.EXPECTED_REWARD,
                            PolicyMeasures.POLICY_RETURN),
            Problems.class, List.of(ProblemMeasures.HELD_OUT_LOSS, ProblemMeasures.ACCURACY),
            Sequences.class,
                    List.of(
                            SequenceMeasures.of(Measure.ACCURACY),
                            SequenceMeasures.of(Measure.CROSS_ENTROPY),
                            SequenceMeasures.of(Measure.SQUARED_ERROR)));

    private KindMeasures() {}

    /** The measure of this name of such tasks. */
    @SuppressWarnings("unchecked") // measures stand under the batch that they measure
    public static <T extends TaskBatch<T>> Optional<Measure<T>> named(Class<T> batch, String name) {
        return ALL.getOrDefault(batch, List.of()).stream()
                .filter(measure -> measure.name().equals(name))
                .map(measure -> (Measure<T>) measure)
                .findFirst();
    }
}
