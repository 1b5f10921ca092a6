package org.deutero.spark;

import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.deutero.experiment.Errand;
import org.deutero.experiment.Site;

/**
 * What is done in an executor. It depends on nothing but its arguments, so that Spark may do it again elsewhere, or twice at once, and take whichever answer comes first.
 *
 * @param run a name that no other run has
 * @param recipe the text of the resolved recipe
 * @param state of the step
 * @param errand names the job
 */
record ItemsTask(String run, Broadcast<String> recipe, Broadcast<byte[]> state, Errand errand)
        implements Function<Portion, Answer> {
    @Override
    public Answer call(Portion portion) {
        String host = SparkEnv.get().blockManager().blockManagerId().hostPort();
        Site<?> site;
        try {
            site = ExecutorSites.of(run, recipe::value);
        } catch (RuntimeException e) {
            return Answer.failed(host, e, true);
        }
        long start = System.nanoTime();
        try {
            return Answer.of(
                    site.items(errand, state.value(), portion.from(), portion.to()), System.nanoTime() - start, host);
        } catch (RuntimeException e) {
            return Answer.failed(host, e, false);
        }
    }
}
