package org.deutero.tasks.training;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.deutero.options.Options;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;
import org.deutero.tasks.training.Quadratics.Entries;

/**
 * Quadratics to be descended.
 *
 * @param quadratics to train, validate and test on
 * @param length of training runs
 */
public record QuadraticSettings(Quadratics quadratics, TrainingLength length) implements ProblemSettings {
    /** Reads the keys. */
    public static QuadraticSettings of(Options o) {
        int dimensions = o.integer("dimensions", 10, 1, 10_000, "weights of a problem, and rows of its matrix");
        int batch = o.integer("batch", dimensions, 1, 10_000, "rows of a mini-batch");
        TrainingLength length = TrainingLength.of(o, 100);
        return new QuadraticSettings(
                new Quadratics(
                        dimensions,
                        batch,
                        length.judged(),
                        o.choice(
                                "entries",
                                Entries.NORMAL,
                                "what W and y of |W x - y|^2 are made of: standard normal numbers, uniform ones in [0, 1), or the identity for W and standard normal numbers for y"),
                        o.number("start-deviation", Bowls.START, 0, 1e6, "deviation of the weights before training")),
                length);
    }

    @Override
    public ProblemShape task() {
        return Bowls.shape(quadratics.dimensions());
    }

    @Override
    public List<String> measures() {
        return List.of("held-out-loss");
    }

    @Override
    public Tasks<Problems> tasks(Optional<TaskSet> none, LoadListener listener) {
        return new Tasks<>(length.training(quadratics), Optional.of(quadratics), quadratics, new TreeMap<>());
    }
}
