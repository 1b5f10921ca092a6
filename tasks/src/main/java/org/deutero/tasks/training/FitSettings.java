package org.deutero.tasks.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.Tasks;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;

/**
 * A perceptron to be trained on each of the tasks of another source: support sets are its training data, query sets are held out. The network belongs to the tasks.
 *
 * @param episodes the data
 * @param network that is trained
 * @param batch items of a mini-batch
 * @param steps of a training run
 */
public record FitSettings(TaskSettings episodes, Mlp network, int batch, int steps)
        implements OtherSettings<Problems, ProblemShape> {
    /**
     * Reads the keys.
     *
     * @param episodes source of the data
     */
    public static FitSettings of(Options o, TaskSettings episodes) {
        if (!episodes.givesEpisodes() || episodes.pretrains()) {
            throw new OptionsException(o.path("problem") + ": a network is trained on episodes, which "
                    + (episodes.pretrains() ? "tasks.train-form: classes" : "this source") + " does not give");
        }
        TaskShape shape = episodes.shape();
        List<Integer> sizes = new ArrayList<>();
        sizes.add(shape.features());
        sizes.addAll(o.integers("hidden", List.of(32), 1, 100_000, "units of the hidden layers of the network"));
        sizes.add(shape.outputs());
        return new FitSettings(
                episodes,
                new Mlp(
                        sizes,
                        o.choice("activation", Activation.RELU, "between layers of the network"),
                        Initializer.FAN_IN_UNIFORM),
                o.integer("batch", 16, 1, 1_000_000, "items of a mini-batch"),
                o.integer("steps", 50, 1, 1_000_000, "steps of a training run"));
    }

    @Override
    public TaskKind<Problems, ProblemShape> kind() {
        return TaskKind.PROBLEMS;
    }

    @Override
    public ProblemShape task() {
        return Fit.shape(network);
    }

    @Override
    public int convenientShard() {
        return episodes.convenientShard();
    }

    @Override
    public List<String> measures() {
        return episodes.shape().classification()
                ? List.of("held-out-loss", "held-out-accuracy")
                : List.of("held-out-loss");
    }

    @Override
    public Tasks<Problems> tasks(Optional<TaskSet> none, LoadListener listener) {
        TaskSet data = episodes.load(listener);
        return new Tasks<>(
                new Fits(network, data.train(), batch, steps),
                data.validation().map(source -> new Fits(network, source, batch, steps)),
                new Fits(network, data.test(), batch, steps),
                new TreeMap<>());
    }
}
