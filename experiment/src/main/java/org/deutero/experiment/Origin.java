package org.deutero.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.deutero.experiment.base.UserException;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.run.Checkpoints;
import org.deutero.serve.TrainedLearner;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.io.SafetensorsException;

/**
 * Meta-parameters that have been trained before: the best state of a run, a checkpoint, or a learner that was exported.
 *
 * @param from as it was named
 * @param iterations after which they were taken; empty if that is not known
 * @param theta meta-parameters, owned by the caller
 * @param statistics running ones, owned by the caller
 */
record Origin(String from, OptionalLong iterations, Params theta, Params statistics) implements AutoCloseable {
    private static final String CHECKPOINT = ".safetensors";

    /**
     * Reads them; the caller closes it.
     *
     * @param from folder of a run, a checkpoint ({@code .safetensors}), a {@code .dtr} file or {@code builtin:NAME}
     * @throws UserException if there is nothing of the kind
     */
    static Origin open(String from) {
        if (from.startsWith("builtin:")) {
            return ofLearner(from);
        }
        Path path = Path.of(from);
        if (!Files.exists(path)) {
            throw UserException.usage("there is no run folder, checkpoint or .dtr file " + from);
        }
        if (Files.isDirectory(path)) {
            RunFolder run = RunFolder.open(path);
            Path best = new Checkpoints(run.checkpoints(), 1).best().orElseThrow(() -> LoadedLearner.nothingYet(run));
            return ofCheckpoint(from, best);
        }
        return from.endsWith(CHECKPOINT) ? ofCheckpoint(from, path) : ofLearner(from);
    }

    private static Origin ofCheckpoint(String from, Path file) {
        try {
            MetaState state = Checkpoints.load(file).state();
            state.slots().close();
            state.carry().close();
            return new Origin(from, OptionalLong.of(state.iteration()), state.theta(), state.statistics());
        } catch (SafetensorsException e) {
            throw UserException.failure(e.getMessage(), e);
        }
    }

    private static Origin ofLearner(String from) {
        try (Scope s = Scope.open();
                TrainedLearner learner = LearnerSource.open(from)) {
            return learner.read((theta, statistics) -> new Origin(
                    from,
                    OptionalLong.empty(),
                    s.keep(theta.detach().copy()),
                    s.keep(statistics.detach().copy())));
        }
    }

    /** What is taken and what is not, in a line. */
    String words() {
        String when = iterations.isPresent() ? " at iteration " + iterations.getAsLong() : "";
        String moments = statistics.isEmpty() ? "" : " and " + statistics.size() + " of running statistics";
        return "Starting from " + from + when + ": all " + theta.size() + " tensors of its meta-parameters ("
                + String.format(Locale.ROOT, "%,d", theta.numel()) + " numbers)" + moments
                + "; not its optimiser's state, its count of iterations or its random numbers.";
    }

    @Override
    public void close() {
        theta.close();
        statistics.close();
    }
}
