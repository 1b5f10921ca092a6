package org.deutero.serve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.GradientMetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Trainer;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tensor.optim.Adam;

/** Learners that were trained for seconds. */
public final class TestLearners {
    private TestLearners() {}

    static LearnerDescription description(String method, Map<String, Object> options) {
        return description(method, options, 16);
    }

    static LearnerDescription description(String method, Map<String, Object> options, int filters) {
        return new LearnerDescription(
                method,
                options,
                Map.of("type", "conv4", "filters", filters),
                5,
                new Preprocessing(Omniglot.FORMAT, Preprocessing.Kind.DRAWING),
                Optional.empty(),
                Map.of("seed", 1));
    }

    /** A prototypical network of 16 filters. */
    public static TrainedLearner protonet(int iterations) {
        return train(description("protonet", Map.of("query-statistics", "running")), iterations);
    }

    /** MAML for five classes, measured transductively as published. */
    static TrainedLearner maml(int iterations) {
        return train(
                description("maml", Map.of("inner-rate", 0.4, "inner-steps", 1, "query-statistics", "batch")),
                iterations);
    }

    static TaskSource<Episodes> tasks(List<Integer> classes) {
        return new EpisodeSampler(Omniglot.images(), classes, 5, 1, 5, Rotation.RANDOM);
    }

    private static TrainedLearner train(LearnerDescription description, int iterations) {
        var algorithm = new GradientMetaAlgorithm<>(description.learner(), Unroll.FULL, Descent.of(Adam.DEFAULT, 3e-3));
        var plan = new Plan(iterations, 4, 2, 2, 1, 0, 0, 0);
        var training = tasks(Omniglot.vinyals().train());
        try (MetaState state =
                new Trainer<>(algorithm, training, Optional.empty(), plan, Optional.empty(), List.of()).train()) {
            return TrainedLearner.of(description, state.theta(), state.statistics());
        }
    }
}
