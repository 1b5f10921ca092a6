package org.deutero.experiment.incontext;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.Joint;
import org.deutero.experiment.LoadedLearner;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.base.UserException;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.CarriedState;
import org.deutero.learn.capability.SequenceLearner;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.Tasks;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Scope;

/**
 * A trained run, measured by position on each kind of test tasks, all positions in one pass.
 *
 * @param parameters meta-parameters
 * @param state numbers carried on at the end of a sequence
 * @param test on the test tasks
 * @param parts on each of their parts
 */
record Measured(long parameters, long state, Positions test, Map<String, Positions> parts) {
    private static final int SHARD = 128;

    /**
     * Measures.
     *
     * @param sequences of each kind
     * @throws UserException if the run learns something else than to answer sequences by classes
     */
    static Measured of(RunFolder folder, int sequences) {
        Experiment experiment = Experiment.of(folder.recipe());
        Joint<Sequences> joint = sequences(experiment);
        Tasks<Sequences> tasks = experiment.load(joint);
        try (LoadedLearner<Sequences> trained = LoadedLearner.of(joint.learner(), experiment, folder)) {
            MetaState state = trained.state();
            Test test = new Test(experiment, trained.learner(), state, sequences);
            Map<String, Positions> parts = new LinkedHashMap<>();
            tasks.parts().forEach((name, source) -> parts.put(name, test.on(source)));
            long carried = trained.learner()
                    .as(CarriedState.class)
                    .map(c -> c.carried(test.length(tasks.test())))
                    .orElse(0L);
            return new Measured(state.theta().numel(), carried, test.on(tasks.test()), parts);
        }
    }

    /** Sequences of classes, as the experiment has them. @throws UserException if it has others */
    static Joint<Sequences> sequences(Experiment experiment) {
        if (!experiment.joint().kind().equals(TaskKind.SEQUENCES)
                || shape(experiment).isEmpty()) {
            throw UserException.usage(
                    "the pictures are of learners that answer sequences by classes, but " + experiment.name() + " has "
                            + experiment.joint().kind() + "; expected a recipe such as mnist-gpicl-paired-small");
        }
        return experiment.joint().as(TaskKind.SEQUENCES, experiment.method().name());
    }

    /** Of sequences of classes; empty for others. */
    static Optional<TaskShape> shape(Experiment experiment) {
        return experiment.tasks().offers().stream()
                .filter(offer -> offer.kind().equals(TaskKind.SEQUENCES))
                .map(Offer::task)
                .filter(TaskShape.class::isInstance)
                .map(TaskShape.class::cast)
                .filter(TaskShape::classification)
                .findFirst();
    }

    private record Test(Experiment experiment, Predictor<Sequences> learner, MetaState state, int number) {
        @SuppressWarnings("try") // the scope works by being open
        int length(TaskSource<Sequences> source) {
            try (Scope s = Scope.open()) {
                return source.sample(1, Seeds.generator(0, "size")).length();
            }
        }

        /** The same tasks as the run's own test, and more of them. */
        @SuppressWarnings("try") // the scope works by being open
        Positions on(TaskSource<Sequences> source) {
            long seed = Seeds.branch(experiment.seed(), "test");
            var stream = Evaluator.stream(seed);
            boolean[][] right = new boolean[number][];
            for (int from = 0; from < number; from += SHARD) {
                try (Scope s = Scope.open()) {
                    Sequences batch = source.sample(Math.min(SHARD, number - from), stream);
                    TaskContext context =
                            TaskContext.evaluation(Seeds.branch(seed, "evaluation", from / SHARD), state.statistics());
                    float[] answers = GradMode.off(() -> answerer().answers(state.theta(), batch, context))
                            .floats();
                    mark(answers, batch, right, from);
                }
            }
            return Positions.of(right, experiment.measurement().firstCounted() - 1);
        }

        private SequenceLearner answerer() {
            return learner.as(SequenceLearner.class)
                    .orElseThrow(() ->
                            UserException.usage("method " + experiment.method().name() + " does not answer sequences"));
        }

        private static void mark(float[] answers, Sequences batch, boolean[][] right, int from) {
            long[] expected = batch.answers().longs();
            int length = batch.length();
            int classes = answers.length / expected.length;
            for (int b = 0; b < batch.size(); b++) {
                right[from + b] = new boolean[length];
                for (int t = 0; t < length; t++) {
                    int item = b * length + t;
                    right[from + b][t] = largest(answers, item * classes, classes) == expected[item];
                }
            }
        }

        private static int largest(float[] values, int from, int number) {
            int best = 0;
            for (int i = 1; i < number; i++) {
                if (values[from + i] > values[from + best]) {
                    best = i;
                }
            }
            return best;
        }
    }
}
