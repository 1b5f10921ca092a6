package org.deutero.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.deutero.learn.Predictor;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;

/**
 * A published system as recipes name it.
 *
 * @param name in recipes
 * @param title as the paper has it
 * @param spectrum its place on the spectrum of meta-learning
 * @param source paper
 * @param summary what is learned, in one sentence
 * @param metaGradient the estimator it was published with, the default of recipes
 * @param forms the kinds of tasks that it learns, with its learner for each; the one it is made for first
 */
public record Method(
        String name,
        String title,
        Spectrum spectrum,
        String source,
        String summary,
        String metaGradient,
        List<Form<?, ?>> forms) {

    /**
     * The parts of a recipe that describe a learner.
     *
     * @param method its {@code method} section
     * @param network its {@code network} section
     */
    public record Sections(Options method, Options network) {}

    /**
     * A method's learner of one kind of tasks.
     *
     * @param kind of tasks
     * @param builder makes the learner
     */
    public record Form<T extends TaskBatch<T>, S>(TaskKind<T, S> kind, BiFunction<Sections, S, Predictor<T>> builder) {
        /** The learner of other tasks than this form's; empty unless they are of its kind. */
        private <U extends TaskBatch<U>, V> Optional<Predictor<U>> learner(
                TaskKind<U, V> wanted, Sections sections, V shape) {
            if (!kind.equals(wanted)) {
                return Optional.empty();
            }
            @SuppressWarnings("unchecked") // equal kinds have equal types
            Predictor<U> learner =
                    (Predictor<U>) builder.apply(sections, kind.shape().cast(shape));
            return Optional.of(learner);
        }
    }

    /** A method of at least one form. */
    public Method {
        forms = List.copyOf(forms);
        if (forms.isEmpty()) {
            throw new IllegalArgumentException("method " + name + " learns no kind of tasks");
        }
    }

    /** A method that learns episodes. */
    public Method(
            String name,
            String title,
            Spectrum spectrum,
            String source,
            String summary,
            String metaGradient,
            BiFunction<Sections, TaskShape, Predictor<Episodes>> builder) {
        this(name, title, spectrum, source, summary, metaGradient, List.of(new Form<>(TaskKind.EPISODES, builder)));
    }

    /** The same method, which learns another kind of tasks, too. */
    public <T extends TaskBatch<T>, S> Method and(TaskKind<T, S> kind, BiFunction<Sections, S, Predictor<T>> builder) {
        List<Form<?, ?>> all = new ArrayList<>(forms);
        all.add(new Form<>(kind, builder));
        return new Method(name, title, spectrum, source, summary, metaGradient, all);
    }

    /** The kinds of tasks that it learns, the one it is made for first. */
    public List<TaskKind<?, ?>> kinds() {
        List<TaskKind<?, ?>> kinds = new ArrayList<>();
        forms.forEach(form -> kinds.add(form.kind()));
        return kinds;
    }

    /**
     * The learner that a recipe describes.
     *
     * @param kind of tasks that it is to learn
     * @param shape of them
     * @throws org.deutero.options.OptionsException if it makes no sense
     * @throws IllegalArgumentException if the method does not learn such tasks
     */
    public <T extends TaskBatch<T>, S> Predictor<T> learner(
            TaskKind<T, S> kind, Options method, Options network, S shape) {
        Sections sections = new Sections(method, network);
        for (Form<?, ?> form : forms) {
            Optional<Predictor<T>> learner = form.learner(kind, sections, shape);
            if (learner.isPresent()) {
                return learner.get();
            }
        }
        throw new IllegalArgumentException("method " + name + " learns " + kinds() + ", not " + kind);
    }

    /** The learner of episodes that a recipe describes. */
    public Predictor<Episodes> learner(Options method, Options network, TaskShape shape) {
        return learner(TaskKind.EPISODES, method, network, shape);
    }
}
