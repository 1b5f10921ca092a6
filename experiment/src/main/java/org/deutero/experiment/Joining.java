package org.deutero.experiment;

import java.util.Optional;
import java.util.TreeMap;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.AsEpisodes;
import org.deutero.learn.evaluate.KindMeasures;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Measures;
import org.deutero.learn.evaluate.SequenceMeasures;
import org.deutero.methods.Method;
import org.deutero.methods.PretrainingLearner;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.options.Suggestions;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.Tasks;

/** Finds the kind of tasks at which a recipe's method and source can be joined, and builds the learner for it. */
final class Joining {
    private final Method method;
    private final TaskSettings tasks;
    private final Candidate<?> candidate;

    /** A learner, and what to make of it once it is known how to measure. */
    private interface Candidate<T extends TaskBatch<T>> {
        Predictor<T> learner();

        Joint<T> joint(EvaluationSettings measurement);
    }

    Joining(Options o, Method method, TaskSettings tasks) {
        this.method = method;
        this.tasks = tasks;
        this.candidate = find(o);
    }

    Predictor<?> learner() {
        return candidate.learner();
    }

    Joint<?> joint(EvaluationSettings measurement) {
        return candidate.joint(measurement);
    }

    private Candidate<?> find(Options o) {
        for (Offer<?, ?> offer : tasks.offers()) {
            if (method.kinds().contains(offer.kind())) {
                return offer instanceof OrderedEpisodes ordered ? ordered(o, ordered) : offered(o, offer);
            }
        }
        if (tasks.givesEpisodes() && method.kinds().contains(TaskKind.EPISODES)) {
            return new OfEpisodes(episodes(o));
        }
        throw Joint.refusal(
                method.name(),
                method.kinds(),
                String.valueOf(o.section("tasks").resolved().get("source")),
                tasks);
    }

    private <T extends TaskBatch<T>, S> Candidate<T> offered(Options o, Offer<T, S> offer) {
        return new Offered<>(build(o, offer.kind(), offer.task()), offer);
    }

    private <T extends TaskBatch<T>, S> Predictor<T> build(Options o, TaskKind<T, S> kind, S shape) {
        try {
            return method.learner(kind, o.section("method"), o.section("network"), shape);
        } catch (OptionsException e) {
            throw e;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new OptionsException("method " + method.name() + ": " + e.getMessage(), e);
        }
    }

    private Candidate<?> ordered(Options o, OrderedEpisodes offer) {
        return new Ordered(withQueries(o, offer.kind()), offer);
    }

    private Predictor<Episodes> episodes(Options o) {
        return withQueries(o, TaskKind.EPISODES);
    }

    /** The learner of what a source of episodes gives, be it episodes or sequences. */
    private <T extends TaskBatch<T>> Predictor<T> withQueries(Options o, TaskKind<T, TaskShape> kind) {
        int way = tasks.shape().outputs();
        if (tasks.shape().classification()
                && tasks.trainWay() != way
                && !method.spectrum().anyWay()) {
            throw new OptionsException("tasks.train-way is " + tasks.trainWay() + " and tasks.way is " + way
                    + ", but they must be equal for " + method.name() + ", whose network has one output a class");
        }
        Predictor<T> learner = build(o, kind, tasks.shape());
        if (tasks.pretrains() != learner.as(PretrainingLearner.class).isPresent()) {
            throw new OptionsException(
                    tasks.pretrains()
                            ? "tasks.train-form is classes, but method " + method.name()
                                    + " is meta-trained on tasks; expected episodes"
                            : "method " + method.name()
                                    + " is trained on all classes at once; expected tasks.train-form: classes");
        }
        return learner;
    }

    private record Offered<T extends TaskBatch<T>, S>(Predictor<T> learner, Offer<T, S> offer) implements Candidate<T> {
        @Override
        public Joint<T> joint(EvaluationSettings measurement) {
            if (offer.kind().equals(TaskKind.SEQUENCES)
                    && measurement.protocol() == EvaluationSettings.Protocol.QUERIES) {
                throw new OptionsException(
                        "evaluation.protocol is queries, but these sequences ask nothing after their last item; expected instances, prequential or meta-loss");
            }
            return new Joint<>(
                    offer.kind(),
                    learner,
                    measure(measurement),
                    offer::upcoming,
                    offer.instances().map(instances -> instances::apply),
                    offer::tasks,
                    Optional.empty());
        }

        private Measure<T> measure(EvaluationSettings measurement) {
            String name = offer.measures().contains(measurement.named())
                    ? measurement.named()
                    : offer.measures().get(0);
            Measure<T> measure = KindMeasures.named(offer.kind().batch(), name)
                    .orElseThrow(() -> new OptionsException(
                            "tasks are measured by \"" + name + "\", but there is no such measure of " + offer.kind()));
            measure.misfit(learner).ifPresent(reason -> {
                throw new OptionsException(
                        "evaluation.measure is " + name + ", which cannot judge this learner: " + reason);
            });
            return measure;
        }
    }

    /** Sequences that are episodes as well: measured, shown and used as those are. */
    private final class Ordered implements Candidate<Sequences> {
        private final Predictor<Sequences> learner;
        private final OrderedEpisodes offer;

        private Ordered(Predictor<Sequences> learner, OrderedEpisodes offer) {
            this.learner = learner;
            this.offer = offer;
        }

        @Override
        public Predictor<Sequences> learner() {
            return learner;
        }

        @Override
        public Joint<Sequences> joint(EvaluationSettings measurement) {
            Joint<Episodes> episodes = new OfEpisodes(new AsEpisodes(learner)).joint(measurement);
            return new Joint<>(
                    offer.kind(),
                    learner,
                    SequenceMeasures.of(episodes.measure()),
                    Sequences::upcoming,
                    offer.instances().map(instances -> instances::apply),
                    offer::tasks,
                    Optional.of(episodes));
        }
    }

    private final class OfEpisodes implements Candidate<Episodes> {
        private final Predictor<Episodes> learner;

        private OfEpisodes(Predictor<Episodes> learner) {
            this.learner = learner;
        }

        @Override
        public Predictor<Episodes> learner() {
            return learner;
        }

        @Override
        public Joint<Episodes> joint(EvaluationSettings measurement) {
            return new Joint<>(
                    TaskKind.EPISODES,
                    learner,
                    measure(measurement),
                    Episodes::upcoming,
                    Optional.of(Episodes::instances),
                    (episodes, listener) -> of(episodes.orElseThrow()),
                    Optional.empty());
        }

        private Tasks<Episodes> of(TaskSet data) {
            return new Tasks<>(data.train(), data.validation(), data.test(), new TreeMap<>(tasks.kinds()));
        }

        private Measure<Episodes> named(String name) {
            return Measures.named(name)
                    .orElseThrow(() ->
                            new OptionsException("tasks are measured by \"" + name + "\", but there is no such measure"
                                    + Suggestions.phrase(name, Measures.names()) + " (measures: "
                                    + String.join(", ", Measures.names()) + ")"));
        }

        private Measure<Episodes> measure(EvaluationSettings measurement) {
            return switch (tasks.shape().objective()) {
                case CROSS_ENTROPY -> named(measurement.classification());
                case SQUARED_ERROR ->
                    named(
                            measurement.regression().equals(EvaluationSettings.ERROR)
                                    ? tasks.regressionMeasure()
                                    : measurement.regression());
                case PULLED_ARM -> Measure.REWARD_ERROR;
            };
        }
    }
}
