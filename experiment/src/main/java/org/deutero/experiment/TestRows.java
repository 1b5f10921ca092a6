package org.deutero.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.measure.OnlineSettings;
import org.deutero.experiment.measure.OnlineTest;
import org.deutero.experiment.measure.SizeTest;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Shards;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;

/**
 * What the test of a run comes to, as rows of its log: the figure, and whatever the recipe wants beside it.
 *
 * @param experiment that was trained
 * @param folder of the run
 * @param data its episodes, if it has any
 * @param where its jobs are done
 */
record TestRows(Experiment experiment, RunFolder folder, Optional<TaskSet> data, Whereabouts where) {
    /**
     * The rows, the one of the figure that counts at the end.
     *
     * @param number of test tasks, instead of the recipe's
     * @throws UserException if the meta-parameters do not fit, or a number makes no sense
     */
    <T extends TaskBatch<T>> List<MetricRow> of(Joint<T> joint, Tasks<T> loaded, OptionalInt number) {
        try (LoadedLearner<T> trained = LoadedLearner.of(joint.learner(), experiment, folder);
                Workers workers = where.here()) {
            trained.misfit().ifPresent(reason -> {
                throw UserException.usage(
                        "the meta-parameters of " + folder.path() + " do not fit this learner: " + reason);
            });
            Optional<OnlineSettings> online = experiment.measurement().online();
            if (online.isPresent()) {
                return play(online.get(), trained.members(), number, workers);
            }
            MetricRow.Test figure = measure(joint, loaded, trained, number);
            return data.isEmpty() || data.get().bySize().isEmpty()
                    ? List.of(figure)
                    : bySize(trained.members(), figure, workers);
        }
    }

    /** The figure with those by how many points are shown, if the tasks are to be measured so. */
    private List<MetricRow> bySize(List<MetaState> members, MetricRow.Test figure, Workers workers) {
        LoadedLearner<Episodes> trained = new LoadedLearner<>(experiment.learner(), members);
        SizeTest test = new SizeTest(
                data.orElseThrow().bySize(),
                figure.tasks(),
                experiment.measurement().shard(),
                Seeds.branch(experiment.seed(), "test"));
        List<MetricRow.BySize> own =
                test.learner(experiment.method().name(), trained.learner(), trained.state(), workers);
        List<MetricRow> rows = new ArrayList<>(own);
        rows.addAll(test.references());
        rows.add(new MetricRow.Test(
                figure.tasks(),
                figure.metricName(),
                figure.metric(),
                figure.interval(),
                figure.diverged(),
                figure.byStep(),
                SizeTest.parts(own)));
        return rows;
    }

    private List<MetricRow> play(
            OnlineSettings settings, List<MetaState> members, OptionalInt number, Workers workers) {
        if (number.isPresent()) {
            throw UserException.usage(
                    "--tasks has no meaning for bandits, which are played; expected --set evaluation.online.seeds=N");
        }
        OnlineTest test = new OnlineTest(settings, Seeds.branch(experiment.seed(), "online"), workers);
        List<MetricRow.Online> own = test.learner(
                experiment.method().name(),
                experiment.learner(),
                members.get(0),
                experiment.tasks().rewardScale());
        List<MetricRow> rows = new ArrayList<>(own);
        rows.addAll(test.references());
        rows.add(OnlineTest.summary(own));
        return rows;
    }

    private <T extends TaskBatch<T>> MetricRow.Test measure(
            Joint<T> joint, Tasks<T> loaded, LoadedLearner<T> trained, OptionalInt number) {
        Predictor<T> learner = trained.learner();
        MetaState state = trained.state();
        int count = number.orElse(experiment.measurement().tasks());
        Evaluator<T> evaluator = experiment.test(joint, loaded.test(), count);
        Measuring<T> measuring = new Measuring<>(joint, evaluator, experiment.measurement());
        Errand errand = Errand.test(count, trained.members().size());
        Evaluation evaluation;
        try (Shards shards = where.shards(errand)) {
            evaluation = measuring.of(learner, state, shards);
        }
        boolean instances = measuring.instances();
        List<Summary> rows = experiment.measurement().bySteps() || instances ? evaluation.bySteps() : List.of();
        List<Summary> steps = instances ? List.of() : rows;
        Summary last = Summary.of(measuring.perTask(evaluation));
        return MetricRow.Test.of(
                evaluation.measure(),
                last,
                steps.size() < 2
                        ? List.of()
                        : IntStream.range(0, steps.size())
                                .mapToObj(i -> MetricRow.ByStep.of(i, steps.get(i)))
                                .toList(),
                instances ? instances(rows) : parts(joint, loaded, trained, errand));
    }

    private static List<MetricRow.Part> instances(List<Summary> rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(k -> MetricRow.Part.of("instance " + (k + 1), rows.get(k)))
                .toList();
    }

    /** Figures on each part of the test tasks by itself: after the last step, or for sequences that are measured as they come, as the test's own. */
    private <T extends TaskBatch<T>> List<MetricRow.Part> parts(
            Joint<T> joint, Tasks<T> loaded, LoadedLearner<T> trained, Errand errand) {
        List<MetricRow.Part> parts = new ArrayList<>();
        loaded.parts().forEach((name, source) -> {
            Evaluator<T> evaluator = experiment.test(joint, source, errand.tasks());
            Summary summary;
            try (Shards shards = where.shards(errand.of(name))) {
                if (asTheyCome(joint)) {
                    Measuring<T> measuring = new Measuring<>(joint, evaluator, experiment.measurement());
                    summary = Summary.of(measuring.perTask(measuring.of(trained.learner(), trained.state(), shards)));
                } else {
                    summary = evaluator
                            .atEnd(trained.learner(), trained.state(), shards)
                            .last();
                }
            }
            parts.add(MetricRow.Part.of(name, summary));
        });
        return parts;
    }

    /** Whether tasks are sequences that are measured as they come. */
    static boolean asTheyCome(Joint<?> joint) {
        return joint.kind().equals(TaskKind.SEQUENCES) && !joint.hasQueries();
    }
}
