package org.deutero.tasks.source;

import java.util.List;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Reference;
import org.deutero.tasks.TaskSource;

/**
 * Test tasks of which so many points are shown.
 *
 * @param points shown
 * @param tasks the tasks; drawn with one seed, they are the same functions for any number of points
 * @param references predictors to hold learners against
 */
public record SizedTasks(int points, TaskSource<Episodes> tasks, List<Reference> references) {}
