package org.deutero.experiment;

import org.deutero.experiment.base.UserException;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.run.Plan;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tensor.Memory;
import org.deutero.tensor.NativeMemory;
import org.deutero.tensor.Scope;

/** What training needs of memory at the very least, told before it begins. */
final class Demand {
    /** Fewer tasks at once, or fewer portions, need no look. */
    private static final int FEW = 1000;

    /** Tasks of the portion that is tried. */
    private static final int PROBE = 200;

    private static final double BYTES = 4;

    /** Bytes that every machine has. */
    private static final double LITTLE = 1 << 28;

    private Demand() {}

    /** Refuses tasks that do not fit by their data alone. @throws UserException that names the keys */
    static void check(Experiment experiment) {
        TrainingSettings training = experiment.schedule();
        EvaluationSettings measurement = experiment.measurement();
        check(experiment.tasks(), "training.shard", Math.min(training.shard(), training.metaBatch()));
        check(experiment.tasks(), "evaluation.shard", Math.min(measurement.shard(), measurement.tasks()));
    }

    private static void check(TaskSettings tasks, String key, int together) {
        if (!tasks.givesEpisodes()) {
            return;
        }
        TaskShape shape = tasks.shape();
        double bytes = BYTES * tasks.supportSize() * shape.features() * together;
        if (bytes > LITTLE && bytes > Memory.ofMachine()) {
            throw UserException.usage("tasks of " + tasks.supportSize() + " examples of " + shape.features()
                    + " numbers, " + key + ": " + together + " at once, need at least " + Memory.words(bytes)
                    + ", but this machine has " + Memory.words(Memory.ofMachine()) + " of memory");
        }
    }

    /**
     * Refuses a plan whose tasks of one portion, or whose contributions of one update, do not fit.
     *
     * @throws UserException that names the keys
     */
    @SuppressWarnings("try") // the scope works by being open
    static <T extends TaskBatch<T>> void check(Experiment experiment, Joint<T> joint, TaskSource<T> source, Plan plan) {
        if (plan.shard() < FEW && plan.shards() < FEW) {
            return;
        }
        long have = Memory.ofMachine();
        try (Scope s = Scope.open();
                MetaState state = experiment.drawn(joint)) {
            double contributions = BYTES * plan.shards() * state.theta().numel();
            if (contributions > have) {
                throw UserException.usage(
                        "training.meta-batch: " + plan.metaBatch() + " in portions of training.shard: "
                                + plan.shard() + " makes " + plan.shards() + " contributions of "
                                + state.theta().numel()
                                + " numbers in an update, " + Memory.words(contributions) + ", but this machine has "
                                + Memory.words(have) + " of memory");
            }
            T task = source.sample(1, Seeds.generator(experiment.seed(), "demand"));
            TaskContext context = TaskContext.evaluation(0, state.statistics());
            long fast = new Lifetime<>(joint.learner(), state.theta(), task, context)
                    .start(Trace.NONE)
                    .state()
                    .numel();
            double together = BYTES * plan.shard() * fast;
            if (together > have) {
                throw UserException.usage("training.shard: " + plan.shard() + " tasks at once, each of which changes "
                        + fast + " numbers, need at least " + Memory.words(together) + ", but this machine has "
                        + Memory.words(have) + " of memory");
            }
            if (plan.shard() >= FEW) {
                probe(experiment.algorithm(joint), state, source, plan, have);
            }
        }
    }

    /** Does a small portion, and takes a large one to need as many times the memory as it has tasks. */
    private static <T extends TaskBatch<T>> void probe(
            MetaAlgorithm<T> algorithm, MetaState state, TaskSource<T> source, Plan plan, long have) {
        T tasks = source.sample(PROBE, Seeds.generator(plan.seed(), "demand"));
        double bytes = NativeMemory.measure(() -> {
                    try (Scope s = Scope.open()) {
                        algorithm.contribute(state, tasks, plan.seed()).close();
                        return PROBE;
                    }
                })
                .peakBytes()
                .orElse(0);
        double atOnce = Math.min(plan.threads(), plan.shards());
        double need = bytes / PROBE * plan.shard() * atOnce;
        if (need > have) {
            throw UserException.usage("training.shard: " + plan.shard() + " tasks at once on "
                    + Math.round(atOnce) + (atOnce > 1 ? " threads need" : " thread needs") + " about "
                    + Memory.words(need) + ", measured on " + PROBE + " tasks, but this machine has "
                    + Memory.words(have) + " of memory; expected a smaller training.shard");
        }
    }
}
