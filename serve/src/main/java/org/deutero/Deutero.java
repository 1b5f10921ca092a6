package org.deutero;

import java.nio.file.Path;
import org.deutero.serve.Artifacts;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.TrainedLearner;
import org.deutero.serve.TrainedOptimizer;

/**
 * The front door: learners and classifiers that were trained before.
 *
 * <pre>{@code
 * try (TrainedLearner learner = Deutero.load(Path.of("runs/my-run"));
 *         FewShotClassifier classifier = learner.adapt(Support.folder(Path.of("examples")))) {
 *     Prediction p = classifier.predict(Path.of("new.png"));
 * }
 * }</pre>
 */
public final class Deutero {
    private Deutero() {}

    /**
     * A trained learner.
     *
     * @param path the folder of a run, which holds {@code learner.dtr} when training has ended, or a {@code .dtr} file of an exported learner
     * @throws org.deutero.tasks.DataException in one sentence if there is none, or it is damaged, or of a newer version
     */
    public static TrainedLearner load(Path path) {
        return Artifacts.learner(path);
    }

    /**
     * A trained learner that comes with the library.
     *
     * @param name {@code drawings} (prototypical network that has met drawings of many kinds), {@code omniglot} (one that has met characters), {@code omniglot-maml}, or {@code omniglot-narrow} (a narrow encoder after few episodes, for tasks on features): all for drawings in ink
     * @throws org.deutero.tasks.DataException if this build has none of that name
     */
    public static TrainedLearner builtin(String name) {
        return Artifacts.builtin(name);
    }

    /**
     * A trained optimiser, for weights of any names and shapes.
     *
     * <pre>{@code
     * Optimizer optimizer = Deutero.optimizer(file);
     * Params slots = optimizer.init(weights);
     * Optimizer.Update next = optimizer.update(gradients, slots, weights, Rates.constant(1), step);
     * }</pre>
     *
     * @param path the folder of a run of a learned optimiser, such as {@code mlp-optimizer}, or the {@code .dtr} file that was exported of it
     * @throws org.deutero.tasks.DataException in one sentence if there is none, or it is damaged, of a newer version, or something else than an optimiser
     */
    public static TrainedOptimizer optimizer(Path path) {
        return Artifacts.optimizer(path);
    }

    /**
     * A trained optimiser that comes with the library.
     *
     * @param name {@code optimizer-mlp}; what it was trained on and where it fails stands in its {@linkplain org.deutero.serve.OptimizerDescription#note() note}
     * @throws org.deutero.tasks.DataException if this build has none of that name
     */
    public static TrainedOptimizer builtinOptimizer(String name) {
        return Artifacts.builtinOptimizer(name);
    }

    /**
     * A classifier that was saved.
     *
     * @param file what {@link FewShotClassifier#save} or {@code deutero adapt} wrote
     * @throws org.deutero.tasks.DataException in one sentence if there is none, or it is damaged, or of a newer version
     */
    public static FewShotClassifier classifier(Path file) {
        return Artifacts.classifier(file);
    }
}
