package org.deutero.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deutero.experiment.base.UserException;
import org.deutero.learn.shards.Job;
import org.deutero.learn.shards.Portable;
import org.deutero.learn.shards.Shards;
import org.deutero.learn.shards.Workers;

/** Where the jobs of a run are done: on threads of this machine, or at a place that is opened when the first of them comes. */
final class Whereabouts implements AutoCloseable {
    private final Experiment experiment;
    private final Optional<String> master;
    private final RunListener listener;
    private Optional<Place> open = Optional.empty();

    Whereabouts(Experiment experiment, Optional<String> master, RunListener listener) {
        this.experiment = experiment;
        this.master = master;
        this.listener = listener;
    }

    /** Threads of this machine, whatever the master. */
    Workers here() {
        return new Workers(experiment.schedule().workers());
    }

    /** Who trains and validates. */
    Shards training() {
        return shards(Errand.VALIDATION);
    }

    /**
     * Who does shards, and evaluations under the name of an errand. What cannot leave this process is done by its threads.
     *
     * @throws UserException if there is no such master, or nobody works for it
     */
    Shards shards(Errand evaluation) {
        Workers workers = here();
        if (master.isEmpty()) {
            return workers;
        }
        Place place = place(master.get());
        return new Shards() {
            @Override
            public <R> List<R> run(Job<R> job) {
                Optional<Portable<R>> portable = job.portable();
                if (portable.isEmpty()) {
                    return workers.run(job);
                }
                boolean training = portable.get().kind() == Portable.Kind.TRAINING;
                return place.run(training ? Errand.TRAINING : evaluation, job, portable.get());
            }

            @Override
            public void close() {
                workers.close();
            }
        };
    }

    private Place place(String wanted) {
        if (open.isEmpty()) {
            open = Optional.of(provider(wanted).open(wanted, experiment, listener));
        }
        return open.get();
    }

    /** Who opens a master. @throws UserException if nobody does */
    static PlaceProvider provider(String master) {
        List<PlaceProvider> providers = PlaceProvider.all();
        return providers.stream()
                .filter(one -> one.takes(master))
                .findFirst()
                .orElseThrow(() -> UserException.usage(
                        providers.isEmpty()
                                ? "there is nothing that can train at \"" + master
                                        + "\": expected a module for clusters, such as deutero-spark, on the class path"
                                : "\"" + master + "\" is no master of a cluster; expected "
                                        + providers.stream()
                                                .map(PlaceProvider::masters)
                                                .collect(Collectors.joining(" or "))));
    }

    @Override
    public void close() {
        open.ifPresent(Place::close);
        open = Optional.empty();
    }
}
