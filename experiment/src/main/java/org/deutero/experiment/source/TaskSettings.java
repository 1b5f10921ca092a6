package org.deutero.experiment.source;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.deutero.learn.evaluate.Measure;
import org.deutero.methods.TaskShape;
import org.deutero.options.Options;
import org.deutero.serve.Preprocessing;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.ImageFormat;

/** The {@code tasks} section of a recipe, read but with no data loaded yet. */
public interface TaskSettings {
    /** Names of all sources. */
    List<String> SOURCES = List.of(
            "omniglot",
            "mini-imagenet",
            "fashion-mnist",
            "mnist",
            "images",
            "image-stream",
            "plane",
            "gaussians",
            "noisy-prototypes",
            "bernoulli-bandit",
            "normal-pairs",
            "symbol-pairs",
            "binary-pairs",
            "binary-patterns",
            "cart-pole",
            "random-mdp",
            "quadratics",
            "sinusoid",
            "harmonic",
            "gaussian-process",
            "image-completion",
            "wheel-bandit");

    /** What is made of a data set. */
    enum Form {
        /** Tasks of a few classes. */
        FEW_SHOT,
        /** One task of all classes. */
        SUPERVISED
    }

    /** Whether this source gives episodes, which most do. */
    default boolean givesEpisodes() {
        return true;
    }

    /** Other kinds of tasks that this source gives, the one it is made for first. */
    default List<Offer<?, ?>> offers() {
        return List.of();
    }

    /** Tasks in a few words. */
    default String describe() {
        return shape().toString();
    }

    /** What learners of episodes are built for. @throws org.deutero.options.OptionsException if this source gives none */
    TaskShape shape();

    /** Classes of a training task; 0 for regression. */
    int trainWay();

    /** Items to learn from in a test task. */
    int supportSize();

    /** Tasks whose examples fit into one batch without wasting memory: the default size of a shard. */
    int convenientShard();

    /** Test tasks worth showing in a report. */
    default int examples() {
        return 2;
    }

    /** Whether meta-training draws mini-batches of all training classes instead of tasks. */
    default boolean pretrains() {
        return false;
    }

    /** Whether a task is to be measured while it is learned, rather than by queries afterwards. */
    default boolean streams() {
        return false;
    }

    /** Whether a task is a sequence of items of classes, to be measured by how often the class has appeared. */
    default boolean sequences() {
        return false;
    }

    /** What regressions are measured by. */
    default Measure<Episodes> regressionMeasure() {
        return Measure.SQUARED_ERROR;
    }

    /** How pictures become inputs when the learner is used; empty where tasks are not about pictures. */
    default Optional<Preprocessing> preprocessing() {
        return Optional.empty();
    }

    /** The form of pictures that tasks are functions on; empty where they are not. */
    default Optional<ImageFormat> completed() {
        return Optional.empty();
    }

    /** Factor on rewards; 1 where there are none. */
    default double rewardScale() {
        return 1;
    }

    /** Kinds of test tasks that are measured each by itself, too, by name; none for most sources. */
    default SortedMap<String, TaskSource<Episodes>> kinds() {
        return Collections.emptySortedMap();
    }

    /** Loads the data. @throws org.deutero.tasks.DataException if it is missing or does not fit the settings */
    TaskSet load(LoadListener listener);

    /** Loads the data without telling anybody how far that is. */
    default TaskSet load() {
        return load(LoadListener.NONE);
    }

    /**
     * Reads the section.
     *
     * @param learners where to find a learner that the section names
     */
    static TaskSettings of(Options o, Learners learners) {
        String source = o.choice("source", "omniglot", SOURCES, "where tasks come from");
        TaskSettings tasks = of(o, source, learners);
        return o.has("problem") ? FitSettings.of(o.section("problem"), tasks) : tasks;
    }

    private static TaskSettings of(Options o, String source, Learners learners) {
        return switch (source) {
            case "sinusoid", "harmonic" -> CurveSettings.of(o, source.equals("harmonic"));
            case "gaussian-process" -> GaussianProcessSettings.of(o);
            case "image-completion" -> CompletionSettings.of(o);
            case "image-stream" -> StreamSettings.of(o);
            case "plane" -> PlaneSettings.of(o);
            case "gaussians" -> GaussianSettings.of(o);
            case "bernoulli-bandit" -> ArmSettings.of(o);
            case "normal-pairs" -> PairSettings.of(o);
            case "symbol-pairs" -> RecallSettings.symbols(o);
            case "binary-pairs" -> RecallSettings.pairs(o);
            case "binary-patterns" -> RecallSettings.patterns(o);
            case "cart-pole" -> CartPoleSettings.of(o);
            case "random-mdp" -> MdpSettings.of(o);
            case "quadratics" -> QuadraticSettings.of(o);
            case "mnist", "fashion-mnist" ->
                o.choice("form", Form.FEW_SHOT, "few-shot tasks, or one supervised problem of all classes")
                                == Form.SUPERVISED
                        ? SupervisedSettings.of(o, ImageSource.named(source))
                        : images(o, source, learners);
            case "noisy-prototypes" -> SequenceSettings.of(PrototypeSettings.of(o));
            case "wheel-bandit" -> BanditSettings.of(o);
            default -> images(o, source, learners);
        };
    }

    private static TaskSettings images(Options o, String source, Learners learners) {
        TaskSettings tasks = EmbeddedSettings.of(o, ImageSettings.of(o, ImageSource.named(source)), learners);
        boolean sequence = o.flag(
                "sequence",
                false,
                "whether support items come in random order, to be labelled one after the other: shot is then how often a class appears");
        return sequence ? SequenceSettings.of(tasks) : tasks;
    }
}
