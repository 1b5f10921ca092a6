package org.deutero.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deutero.experiment.base.UserException;
import org.deutero.learn.Learner;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.evaluate.Ensemble;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.run.Checkpoints;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * A learner with what training has given it: the best checkpoint, or several that answer together.
 *
 * @param single the learner of each checkpoint
 * @param members their states, at least one; released by {@link #close()}
 * @param <T> tasks in a batch
 */
public record LoadedLearner<T extends TaskBatch<T>>(Predictor<T> single, List<MetaState> members)
        implements AutoCloseable {
    /** Copies the list. */
    public LoadedLearner {
        members = List.copyOf(members);
    }

    /** Reads the checkpoints that the recipe measures with. @throws UserException if there is none yet */
    public static LoadedLearner<Episodes> of(Experiment experiment, RunFolder folder) {
        return of(experiment.learner(), experiment, folder);
    }

    /** The same for the experiment's learner, of whatever kind of tasks it is. */
    public static LoadedLearner<?> ofAny(Experiment experiment, RunFolder folder) {
        return of(experiment.joint().learner(), experiment, folder);
    }

    /** The same for a learner of any kind of tasks. */
    public static <T extends TaskBatch<T>> LoadedLearner<T> of(
            Predictor<T> learner, Experiment experiment, RunFolder folder) {
        TrainingSettings settings = experiment.schedule();
        Checkpoints checkpoints = new Checkpoints(folder.checkpoints(), settings.keep(), settings.keepBest());
        List<MetaState> members = checkpoints.best(experiment.measurement().ensemble()).stream()
                .map(file -> Checkpoints.load(file).state())
                .toList();
        if (members.isEmpty()) {
            throw nothingYet(folder);
        }
        return new LoadedLearner<>(learner, members);
    }

    static UserException nothingYet(RunFolder folder) {
        return UserException.failure(
                folder.path() + " holds no checkpoint yet; train first, or go on with --resume " + folder.path(), null);
    }

    /** What to learn tasks with. */
    public Predictor<T> learner() {
        return members.size() == 1 ? single : new Ensemble<>(single, members.size());
    }

    /** Its meta-parameters and statistics; they live as long as this. */
    public MetaState state() {
        return members.size() == 1 ? members.get(0) : Ensemble.join(members);
    }

    /** The same meta-parameters under another learner, which shares their memory; see {@link #misfit}. */
    public LoadedLearner<T> with(Predictor<T> other) {
        return new LoadedLearner<>(other, members);
    }

    /** The first meta-parameter whose shape is not what the learner expects, as for tasks of another number of classes. */
    public Optional<String> misfit() {
        return misfit(single);
    }

    /** The same for another learner, of whatever kind of tasks. */
    @SuppressWarnings("try") // the scope works by being open
    public Optional<String> misfit(Learner<?> learner) {
        try (Scope s = Scope.open()) {
            Params expected = learner.metaParameters(Seeds.generator(0, "shapes"));
            Params theta = members.get(0).theta();
            for (String name : expected.names()) {
                String wanted = Arrays.toString(expected.get(name).shape());
                String found = theta.has(name) ? Arrays.toString(theta.get(name).shape()) : "missing";
                if (!wanted.equals(found)) {
                    return Optional.of(name + " is " + found + " where " + wanted + " is needed");
                }
            }
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        members.forEach(MetaState::close);
    }
}
