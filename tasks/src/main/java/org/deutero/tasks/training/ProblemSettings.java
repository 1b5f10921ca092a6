package org.deutero.tasks.training;

import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.source.OtherSettings;

/** A source of training runs. */
public interface ProblemSettings extends OtherSettings<Problems, ProblemShape> {
    @Override
    default TaskKind<Problems, ProblemShape> kind() {
        return TaskKind.PROBLEMS;
    }

    @Override
    default Problems upcoming(Problems tasks, int step, int steps) {
        return tasks.upcoming(step);
    }
}
