package org.deutero.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deutero.experiment.base.Libraries;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.base.Version;
import org.deutero.learn.Seeds;
import org.deutero.learn.meta.MetaState;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.LearnerDescription;
import org.deutero.serve.Preprocessing;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.source.TaskSet;

/** A state of meta-training as a learner that can be used, with probabilities calibrated on validation tasks where there are any. */
final class ServableLearner {
    /** Answers that the temperature is fitted to: its error is then some hundredths. */
    private static final int QUERIES = 3000;

    private ServableLearner() {}

    /** Writes the classifier of the classes of all tasks. */
    static void classifier(Experiment e, TaskSet data, MetaState state, Path file) {
        LabelledImages images = data.images().orElseThrow();
        List<Integer> counts =
                IntStream.range(0, images.classes()).mapToObj(images::count).toList();
        try (TrainedLearner learner =
                        TrainedLearner.of(description(e, data, state), state.theta(), state.statistics());
                FewShotClassifier classifier = learner.finished(images.classNames(), counts)) {
            classifier.save(file);
        }
    }

    /** The caller closes it. */
    static TrainedLearner of(Experiment e, Optional<TaskSet> loaded, MetaState state) {
        TaskSet data = loaded.orElseThrow();
        LearnerDescription description = description(e, data, state);
        Optional<TaskSource<Episodes>> validation = data.validation();
        TrainedLearner plain = TrainedLearner.of(description, state.theta(), state.statistics());
        if (validation.isEmpty()) {
            return plain;
        }
        try (plain) {
            return plain.calibrated(
                    validation.get(),
                    QUERIES,
                    Seeds.branch(e.seed(), "calibration"),
                    e.schedule().workers());
        }
    }

    private static LearnerDescription description(Experiment e, TaskSet data, MetaState state) {
        Preprocessing preprocessing = e.tasks()
                .pictureInputs()
                .map(inputs -> new Preprocessing(
                        inputs.format(), inputs.drawings() ? Preprocessing.Kind.DRAWING : Preprocessing.Kind.PICTURE))
                .orElseThrow(() -> UserException.usage(
                        "only learners of pictures can be exported and adapted, but the tasks of this run are "
                                + e.tasks().describe()));
        return new LearnerDescription(
                e.method().name(),
                section(e, "method"),
                section(e, "network"),
                e.tasks().shape().outputs(),
                preprocessing,
                Optional.empty(),
                provenance(e, Optional.of(data), state));
    }

    @SuppressWarnings("unchecked") // Options has made every section a map of names
    static Map<String, Object> section(Experiment e, String name) {
        return (Map<String, Object>) e.resolved().getOrDefault(name, Map.of());
    }

    /** Nothing that depends on the clock: equal runs export equal bytes. */
    static Map<String, Object> provenance(Experiment e, Optional<TaskSet> data, MetaState state) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("recipe", e.resolved());
        data.flatMap(TaskSet::images).ifPresent(images -> facts.put("data-sha256", DataChecksum.of(images)));
        facts.put("seed", e.seed());
        facts.put("meta-gradient", e.metaGradient().name());
        facts.put("iteration", state.iteration());
        facts.put("deutero", Version.deutero());
        facts.put("libtorch", Libraries.onClassPath().getOrDefault("pytorch", "unknown"));
        return facts;
    }
}
