package org.deutero.experiment.compare;

import java.util.Map;
import org.deutero.experiment.report.ComparisonData;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.TaskBatch;

/**
 * How runs are looked at that learn a kind of tasks.
 *
 * @param <T> tasks in a batch
 */
interface Look<T extends TaskBatch<T>> {
    /** Name of what is measured. */
    String measured();

    /** Whether more of it is better. */
    boolean higherIsBetter();

    /** What the curves of a run go by. */
    String steps();

    /** Measures a run on so many test tasks. */
    Measured<T> measure(Contender<T> run, int tasks, Workers workers);

    /**
     * Everything there is to say of it.
     *
     * @param milliseconds of learning one task
     */
    ComparisonData.Run tell(Measured<T> measured, double milliseconds);

    /** The tasks of a run in words. */
    String setting(Contender<T> run);

    /** Conditions that belong to this kind alone. */
    Map<String, String> facts();
}
