package org.deutero.experiment.course;

import java.util.ArrayList;
import java.util.List;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.Course.Role;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.tasks.problem.Problems;

/** How problems are trained by a learned optimiser, and by the same before it was meta-trained. */
final class TrainingCourses {
    private static final String TITLE = "Training runs";
    private static final String METRIC = "held-out-loss";
    private static final int POINTS = 200;

    private TrainingCourses() {}

    /** @param shown problems that have a figure of their own */
    static List<Course> of(Lifetime<Problems> learned, Lifetime<Problems> start, int shown) {
        Rows after = losses(learned);
        Rows before = losses(start);
        List<Course> courses = new ArrayList<>();
        courses.add(course(
                "The held-out loss of " + learned.tasks().size()
                        + " test problems as they are trained, means with 95 % intervals: by the learned optimiser, and by the same before"
                        + " meta-training.",
                after.mean("learned", Role.MEAN),
                before.mean("before meta-training", Role.BEFORE)));
        for (int i = 0; i < shown; i++) {
            courses.add(course(
                    "One test problem: its held-out loss as it is trained.",
                    after.task("learned", Role.MEAN, i),
                    before.task("before meta-training", Role.BEFORE, i)));
        }
        return courses;
    }

    private static Course course(String caption, Curve... curves) {
        return new Course(TITLE, caption, "step", METRIC, List.of(curves));
    }

    private static Rows losses(Lifetime<Problems> lifetime) {
        int every = Math.max(1, lifetime.steps() / POINTS);
        Rows rows = new Rows();
        Passage end = lifetime.run(Trace.NONE, (before, step, scope) -> {
            if (before.age() % every == 0) {
                rows.add(before.age(), loss(lifetime, before));
            }
        });
        rows.add(end.age(), loss(lifetime, end));
        return rows;
    }

    private static double[] loss(Lifetime<Problems> lifetime, Passage at) {
        return lifetime.predict(at.state(), at.age()).reshape(-1).doubles();
    }
}
