package org.deutero.methods;

import java.util.function.BiFunction;
import org.deutero.learn.Predictor;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;

/**
 * A published system as recipes name it.
 *
 * @param name in recipes
 * @param title as the paper has it
 * @param spectrum its place on the spectrum of meta-learning
 * @param source paper
 * @param summary what is learned, in one sentence
 * @param metaGradient the estimator it was published with, the default of recipes
 * @param builder makes the learner
 */
public record Method(
        String name,
        String title,
        Spectrum spectrum,
        String source,
        String summary,
        String metaGradient,
        BiFunction<Sections, TaskShape, Predictor<Episodes>> builder) {

    /**
     * The parts of a recipe that describe a learner.
     *
     * @param method its {@code method} section
     * @param network its {@code network} section
     */
    public record Sections(Options method, Options network) {}

    /** The learner that a recipe describes. @throws org.deutero.options.OptionsException if it makes no sense */
    public Predictor<Episodes> learner(Options method, Options network, TaskShape shape) {
        return builder.apply(new Sections(method, network), shape);
    }
}
