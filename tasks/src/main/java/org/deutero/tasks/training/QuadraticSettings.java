package org.deutero.tasks.training;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;

/**
 * Quadratics to be descended.
 *
 * @param quadratics to train, validate and test on
 */
public record QuadraticSettings(Quadratics quadratics) implements OtherSettings<Problems, ProblemShape> {
    /** Reads the keys. */
    public static QuadraticSettings of(Options o) {
        int dimensions = o.integer("dimensions", 10, 1, 10_000, "weights of a problem, and rows of its matrix");
        return new QuadraticSettings(new Quadratics(
                dimensions,
                o.integer("batch", dimensions, 1, 10_000, "rows of a mini-batch"),
                o.integer("steps", 100, 1, 1_000_000, "steps of a training run")));
    }

    @Override
    public TaskKind<Problems, ProblemShape> kind() {
        return TaskKind.PROBLEMS;
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
        return Tasks.of(quadratics, quadratics);
    }
}
