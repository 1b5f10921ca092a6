package org.deutero.tasks.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.SupervisedProblem;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.Tasks;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;

/**
 * A network to be trained on each of the tasks of another source: support sets are its training data, query sets are held out. The network belongs to the tasks.
 *
 * <p>Where the source has one supervised problem only, all training runs share its data and differ by their starts and mini-batches; they are validated on the data that meta-training holds out.
 *
 * @param episodes the data
 * @param network that is trained
 * @param batch items of a mini-batch
 * @param length of training runs
 */
public record FitSettings(TaskSettings episodes, Network network, int batch, TrainingLength length)
        implements ProblemSettings {
    private static final String NETWORK = "network";

    /**
     * Reads the keys.
     *
     * @param episodes source of the data
     * @param networks reads the section of a network that is named; a perceptron is what there is otherwise
     */
    public static FitSettings of(Options o, TaskSettings episodes, BiFunction<Options, TaskShape, Network> networks) {
        if (!episodes.givesEpisodes() || episodes.pretrains()) {
            throw new OptionsException(o.path("problem") + ": a network is trained on episodes, which "
                    + (episodes.pretrains() ? "tasks.train-form: classes" : "this source") + " does not give");
        }
        TaskShape shape = episodes.shape();
        return new FitSettings(
                episodes,
                o.has(NETWORK) ? networks.apply(o.section(NETWORK), shape) : perceptron(o, shape),
                o.integer("batch", 16, 1, 1_000_000, "items of a mini-batch"),
                TrainingLength.of(o, 50));
    }

    private static Network perceptron(Options o, TaskShape shape) {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(shape.features());
        sizes.addAll(
                o.integers(
                        "hidden",
                        List.of(32),
                        1,
                        100_000,
                        "units of the hidden layers of a perceptron; a section network in their place names another network, with the keys of the section of that name"));
        sizes.add(shape.outputs());
        return new Mlp(
                sizes,
                o.choice("activation", Activation.RELU, "between layers of the network"),
                o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start"));
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
        TaskSource<Problems> train = fits(data.train());
        Optional<TaskSource<Problems>> validation = data.validation().map(this::fits);
        return new Tasks<>(
                length.training(train),
                train instanceof SharedFits ? Optional.of(validation.orElse(train)) : validation,
                fits(data.test()),
                new TreeMap<>());
    }

    private TaskSource<Problems> fits(TaskSource<Episodes> source) {
        return source instanceof SupervisedProblem shared
                ? new SharedFits(network, shared, batch, length.judged())
                : new Fits(network, source, batch, length.judged());
    }
}
