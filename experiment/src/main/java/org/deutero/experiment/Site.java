package org.deutero.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.Predictor;
import org.deutero.learn.evaluate.Ensemble;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Round;
import org.deutero.learn.shards.Job;
import org.deutero.learn.shards.Portable;
import org.deutero.learn.shards.Shards;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;

/**
 * An experiment at another place than its run: built again from its recipe, with its data loaded, it does items of the jobs that the run asks for. Any number of threads may ask at once.
 *
 * @param <T> tasks in a batch
 */
public final class Site<T extends TaskBatch<T>> {
    private static final String SOURCE = "the recipe of the run";

    private final Experiment experiment;
    private final Joint<T> joint;
    private final Tasks<T> tasks;
    private final MetaAlgorithm<T> algorithm;
    private final Plan plan;

    private Site(Experiment experiment, Joint<T> joint) {
        this.experiment = experiment;
        this.joint = joint;
        Optional<TaskSet> data = experiment.tasks().givesEpisodes()
                ? Optional.of(experiment.tasks().load(LoadListener.NONE))
                : Optional.empty();
        tasks = joint.tasks().apply(data, LoadListener.NONE);
        algorithm = experiment
                .metaGradient()
                .algorithm(joint.learner(), experiment.optimizer()); // a warm start is the run's
        plan = experiment.schedule().plan(experiment.seed());
    }

    /**
     * Builds a recipe and loads its data.
     *
     * @param recipe the text of a resolved recipe
     * @throws org.deutero.tasks.DataException if data are missing here, or do not fit
     * @throws org.deutero.options.OptionsException if a method or source is unknown here
     */
    public static Site<?> of(String recipe) {
        Experiment experiment = Experiment.of(new Recipe(SOURCE, RecipeFile.tree(recipe, SOURCE)));
        return of(experiment, experiment.joint());
    }

    private static <T extends TaskBatch<T>> Site<T> of(Experiment experiment, Joint<T> joint) {
        return new Site<>(experiment, joint);
    }

    /**
     * Does items of a job, one after the other on this thread.
     *
     * @param errand names the job
     * @param state as {@link Portable#stateBytes} gives it
     * @param from first item
     * @param to item after the last
     * @return results as bytes
     */
    public List<byte[]> items(Errand errand, byte[] state, int from, int to) {
        try (MetaState start = Portable.stateOf(state)) {
            if (errand.kind() == Errand.Kind.TRAINING) {
                return items(
                        new Round<>(algorithm, tasks.train(), plan.seed(), plan.metaBatch(), plan.shard(), start),
                        from,
                        to);
            }
            Portion portion = new Portion(from, to);
            try {
                evaluate(errand, start, portion);
            } catch (Portion.Done done) {
                return portion.results;
            }
            throw new IllegalStateException("an evaluation ended without having asked for its items");
        }
    }

    private void evaluate(Errand errand, MetaState state, Shards portion) {
        if (errand.kind() == Errand.Kind.VALIDATION) {
            experiment.validation(joint, tasks).orElseThrow().atEnd(joint.learner(), state, portion);
            return;
        }
        Predictor<T> learner =
                errand.members() == 1 ? joint.learner() : new Ensemble<>(joint.learner(), errand.members());
        Evaluator<T> evaluator = experiment.test(
                joint, errand.part().isEmpty() ? tasks.test() : tasks.parts().get(errand.part()), errand.tasks());
        if (errand.part().isEmpty() || TestRows.asTheyCome(joint)) {
            new Measuring<>(joint, evaluator, experiment.measurement()).of(learner, state, portion);
        } else {
            evaluator.atEnd(learner, state, portion);
        }
    }

    /** Evaluators are asked here as they are there, so that what they do is written once; but this does only a part of the items, and goes no further. */
    private static final class Portion implements Shards {
        private final int from;
        private final int to;
        private List<byte[]> results = List.of();

        Portion(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public <R> List<R> run(Job<R> job) {
            for (int i = 0; i < from; i++) {
                job.skip(i);
            }
            results = items(job, from, to);
            throw new Done();
        }

        @Override
        public void close() {}

        private static final class Done extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Done() {
                super("a part of the items is done", null, false, false);
            }
        }
    }

    private static <R> List<byte[]> items(Job<R> job, int from, int to) {
        Portable<R> portable = job.portable().orElseThrow();
        List<byte[]> results = new ArrayList<>();
        for (int i = from; i < to; i++) {
            R result = job.item(i);
            results.add(portable.bytes().of(result));
            if (result instanceof AutoCloseable owned) {
                close(owned);
            }
        }
        return results;
    }

    private static void close(AutoCloseable owned) {
        try {
            owned.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
