package org.deutero.experiment;

import java.util.Optional;
import org.deutero.learn.run.Plan;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.source.TaskSettings;

/**
 * The {@code training} section of a recipe.
 *
 * @param iterations updates of the meta-parameters; 0 to leave them as they start
 * @param metaBatch tasks in an update
 * @param shard tasks in a portion of work
 * @param threads workers, 0 for one a processor; changes no result
 * @param validateEvery iterations between validations, 0 for none
 * @param patience validations without improvement before training stops, 0 for no early stop
 * @param checkpointEvery iterations between checkpoints, 0 for one at the end only
 * @param keep how many checkpoints to keep
 * @param keepBest how many of the best checkpoints to keep
 * @param logEvery iterations between rows of the log
 * @param warmStart a trained learner whose meta-parameters of the same names are what these start from
 * @param initFrom a run all of whose meta-parameters these start from
 */
public record TrainingSettings(
        int iterations,
        int metaBatch,
        int shard,
        int threads,
        int validateEvery,
        int patience,
        int checkpointEvery,
        int keep,
        int keepBest,
        int logEvery,
        Optional<String> warmStart,
        Optional<String> initFrom) {
    private static final int MANY = 1_000_000_000;

    static TrainingSettings of(Options o, TaskSettings tasks) {
        int iterations = o.integer("iterations", 10_000, 0, MANY, "updates of the meta-parameters; 0 for none");
        int metaBatch = o.integer("meta-batch", 16, 1, 1_000_000, "tasks in an update");
        // Two portions at least, so that two workers have something to do.
        int shard = Math.min(tasks.convenientShard(), (metaBatch + 1) / 2);
        int often = Math.max(1, iterations / 20);
        TrainingSettings settings = new TrainingSettings(
                iterations,
                metaBatch,
                o.integer("shard", shard, 1, 1_000_000, "tasks in a portion of work; part of the experiment"),
                o.integer("threads", 0, 0, 1024, "workers, 0 for one a processor; changes no result"),
                o.integer("validate-every", often, 0, MANY, "iterations between validations, 0 for none"),
                o.integer("patience", 0, 0, MANY, "validations without improvement before training stops, 0 for never"),
                o.integer("checkpoint-every", often, 0, MANY, "iterations between checkpoints, 0 for one at the end"),
                o.integer("keep-checkpoints", 2, 1, 1_000_000, "how many of the latest checkpoints to keep"),
                o.integer("keep-best", 1, 1, 1000, "how many of the best checkpoints to keep"),
                o.integer(
                        "log-every",
                        Math.max(1, Math.min(100, iterations / 200)),
                        1,
                        MANY,
                        "iterations between log rows"),
                o.optionalText(
                        "warm-start",
                        "a trained run, a .dtr file or builtin:omniglot, such as an encoder trained by ordinary"
                                + " classification (method baseline): meta-parameters and running averages of its names"
                                + " start with its values"),
                o.optionalText(
                        "init-from",
                        "a run, a checkpoint of one, a .dtr file or builtin:omniglot with the same meta-parameters, all of"
                                + " which these start from; nothing else of it is taken"));
        if (settings.warmStart.isPresent() && settings.initFrom.isPresent()) {
            throw new OptionsException(o.path("init-from") + " takes all meta-parameters, so there is nothing left for "
                    + o.path("warm-start") + "; expected one of them");
        }
        return settings;
    }

    /** Worker threads. */
    public int workers() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    Plan plan(long seed) {
        return new Plan(iterations, metaBatch, shard, workers(), seed, validateEvery, patience, checkpointEvery);
    }
}
