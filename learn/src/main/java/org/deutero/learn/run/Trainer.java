package org.deutero.learn.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.deutero.learn.Seeds;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.NonFiniteException;
import org.deutero.learn.shards.Shards;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;

/**
 * Meta-training: lets shards be done, updates, validates, writes checkpoints.
 *
 * <p>Each shard draws its tasks and its random numbers from a branch of the seed named by iteration and shard, and contributions are added
 * in shard order: the same bits come out for any number of threads, and after a resume.
 *
 * @param <T> tasks in a batch
 */
public final class Trainer<T extends TaskBatch<T>> {
    private final MetaAlgorithm<T> algorithm;
    private final TaskSource<T> source;
    private final Optional<Evaluator<T>> validation;
    private final Plan plan;
    private final Optional<Checkpoints> checkpoints;
    private final List<TrainingListener> listeners;
    private final Supplier<? extends Shards> place;

    /** A trainer whose shards are done on this machine, by as many threads as the plan has. */
    public Trainer(
            MetaAlgorithm<T> algorithm,
            TaskSource<T> source,
            Optional<Evaluator<T>> validation,
            Plan plan,
            Optional<Checkpoints> checkpoints,
            List<TrainingListener> listeners) {
        this(algorithm, source, validation, plan, checkpoints, listeners, () -> new Workers(plan.threads()));
    }

    /**
     * A trainer.
     *
     * @param source of training tasks
     * @param validation how to measure along the way, on tasks of their own
     * @param checkpoints where to keep states
     * @param place where shards are done; opened when training starts, and closed when it ends
     */
    public Trainer(
            MetaAlgorithm<T> algorithm,
            TaskSource<T> source,
            Optional<Evaluator<T>> validation,
            Plan plan,
            Optional<Checkpoints> checkpoints,
            List<TrainingListener> listeners,
            Supplier<? extends Shards> place) {
        this.algorithm = algorithm;
        this.source = source;
        this.validation = validation;
        this.plan = plan;
        this.checkpoints = checkpoints;
        this.listeners = List.copyOf(listeners);
        this.place = place;
    }

    /**
     * Starts a trainer that neither validates nor keeps states.
     *
     * @param source of training tasks
     */
    public static <T extends TaskBatch<T>> Builder<T> builder(
            MetaAlgorithm<T> algorithm, TaskSource<T> source, Plan plan) {
        return new Builder<>(algorithm, source, plan);
    }

    /**
     * What else a trainer may do.
     *
     * @param <T> tasks in a batch
     */
    public static final class Builder<T extends TaskBatch<T>> {
        private final MetaAlgorithm<T> algorithm;
        private final TaskSource<T> source;
        private final Plan plan;
        private final List<TrainingListener> listeners = new ArrayList<>();
        private Optional<Evaluator<T>> validation = Optional.empty();
        private Optional<Checkpoints> checkpoints = Optional.empty();

        private Builder(MetaAlgorithm<T> algorithm, TaskSource<T> source, Plan plan) {
            this.algorithm = algorithm;
            this.source = source;
            this.plan = plan;
        }

        /** Measures along the way, on tasks of their own. */
        public Builder<T> validation(Evaluator<T> value) {
            this.validation = Optional.of(value);
            return this;
        }

        /** Keeps states here. */
        public Builder<T> checkpoints(Checkpoints value) {
            this.checkpoints = Optional.of(value);
            return this;
        }

        /** Tells one more listener. */
        public Builder<T> listener(TrainingListener value) {
            listeners.add(value);
            return this;
        }

        /** The trainer. */
        public Trainer<T> build() {
            return new Trainer<>(algorithm, source, validation, plan, checkpoints, listeners);
        }
    }

    /** Trains from the start; the caller owns the result, which has done fewer iterations than planned if a listener stopped it. */
    public MetaState train() {
        return train(algorithm.init(Seeds.generator(plan.seed(), "meta-parameters")), Progress.NONE);
    }

    /** Goes on from a checkpoint, to the same bits as if it had never stopped; the caller owns the result. */
    public MetaState resume(Checkpoints.Loaded from) {
        listeners.forEach(l -> l.restore(from.metadata()));
        return train(from.state(), Progress.of(from.metadata()));
    }

    private MetaState train(MetaState start, Progress startProgress) {
        MetaState state = start;
        Progress progress = startProgress;
        boolean early = stopsEarly(progress);
        Optional<String> finished = algorithm.finished(state);
        listeners.forEach(l -> l.started(plan, start.iteration()));
        if (plan.iterations() == 0) {
            save(state, progress);
        }
        boolean stopped = false;
        try (Shards shards = place.get()) {
            while (state.iteration() < plan.iterations() && !early && finished.isEmpty() && !stopped) {
                state = iterate(state, shards);
                long n = state.iteration();
                finished = algorithm.finished(state);
                boolean last = n == plan.iterations() || finished.isPresent();
                if (validation.isPresent() && plan.validateEvery() > 0 && (n % plan.validateEvery() == 0 || last)) {
                    progress = validate(state, progress, shards);
                    early = stopsEarly(progress);
                }
                stopped = !last && !early && listeners.stream().anyMatch(TrainingListener::stop);
                if (last || early || stopped || (plan.checkpointEvery() > 0 && n % plan.checkpointEvery() == 0)) {
                    save(state, progress);
                }
            }
        }
        long end = state.iteration();
        if (stopped) {
            listeners.forEach(l -> l.stopped(end));
            return state;
        }
        boolean stale = early;
        finished.ifPresent(reason -> listeners.forEach(l -> l.converged(end, reason)));
        listeners.forEach(l -> l.finished(end, stale));
        return state;
    }

    private boolean stopsEarly(Progress progress) {
        return plan.patience() > 0 && progress.stale() >= plan.patience();
    }

    private MetaState iterate(MetaState state, Shards shards) {
        MetaAlgorithm.Outcome outcome = round(state, shards);
        while (outcome.state().iteration() == state.iteration()) {
            MetaState between = outcome.state();
            outcome = outcome.then(round(between, shards));
            between.close();
        }
        long iteration = outcome.state().iteration();
        state.close();
        for (TrainingListener listener : listeners) {
            listener.iteration(iteration, outcome);
        }
        return outcome.state();
    }

    private MetaAlgorithm.Outcome round(MetaState state, Shards shards) {
        List<Contribution> contributions =
                shards.run(new Round<>(algorithm, source, plan.seed(), plan.metaBatch(), plan.shard(), state));
        try {
            return algorithm.update(state, contributions);
        } catch (NonFiniteException e) {
            throw new TrainingException(
                    e.getMessage() + " at iteration " + (state.iteration() + 1)
                            + ", so training cannot go on; a smaller learning rate or gradient clipping may help"
                            + checkpoints
                                    .flatMap(Checkpoints::latest)
                                    .map(f -> "; the last good checkpoint is " + f)
                                    .orElse(""),
                    e);
        } finally {
            contributions.forEach(Contribution::close);
        }
    }

    private Progress validate(MetaState state, Progress before, Shards shards) {
        Evaluator<T> evaluator = validation.orElseThrow();
        Summary summary = evaluator.atEnd(algorithm.learner(), state, shards).last();
        Progress after =
                before.after(summary, state.iteration(), evaluator.measure().higherIsBetter());
        boolean best = after.stale() == 0 && !Double.isNaN(after.best());
        if (best) {
            checkpoints.ifPresent(c -> c.saveBest(state, metadata(after)));
        }
        double merit = evaluator.measure().higherIsBetter() ? summary.mean() : -summary.mean();
        checkpoints.ifPresent(c -> c.offer(state, merit, summary.diverged(), metadata(after)));
        listeners.forEach(
                l -> l.validated(state.iteration(), evaluator.measure().name(), summary, best));
        return after;
    }

    private void save(MetaState state, Progress progress) {
        Map<String, String> metadata = metadata(progress);
        listeners.forEach(l -> metadata.putAll(l.memory()));
        checkpoints
                .map(c -> c.save(state, metadata))
                .ifPresent(f -> listeners.forEach(l -> l.saved(state.iteration(), f)));
    }

    private Map<String, String> metadata(Progress progress) {
        Map<String, String> metadata = new LinkedHashMap<>(progress.toMetadata());
        metadata.put("estimator", algorithm.estimator());
        metadata.put("seed", Long.toString(plan.seed()));
        return metadata;
    }
}
