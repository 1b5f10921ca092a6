package org.deutero.experiment.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.Course.Role;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.Trace;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.tasks.sequence.Sequences;

/** How the items of sequences are answered, by their position, or by how often their class has appeared. */
final class SequenceCourses {
    private static final String TITLE = "Sequences";

    private SequenceCourses() {}

    /** @param shown sequences that have a curve of their own */
    static List<Course> of(
            Predictor<Sequences> learner,
            Lifetime<Sequences> lifetime,
            Measure<Sequences> measure,
            Optional<Evaluator.Groups<Sequences>> groups,
            int shown) {
        Rows positions = positions(learner, lifetime, measure);
        Optional<Rows> instances = groups.map(by -> instances(positions, by.of(lifetime.tasks())));
        List<Course> courses = new ArrayList<>();
        instances.ifPresent(rows -> {
            List<Curve> curves = new ArrayList<>(rows.tasks("sequence", shown));
            curves.add(rows.mean("mean", Role.MEAN));
            courses.add(course(
                    "by how often its class has appeared, this time included: " + shown
                            + " test sequences and the mean over "
                            + lifetime.tasks().size() + ", with its 95 % interval.",
                    "instance",
                    measure,
                    curves));
        });
        courses.add(course(
                "by its position, mean over " + lifetime.tasks().size() + " test sequences with its 95 % interval.",
                "position",
                measure,
                List.of(positions.mean("mean", Role.MEAN))));
        return courses;
    }

    private static Course course(String caption, String by, Measure<?> measure, List<Curve> curves) {
        return new Course(TITLE, "How an item is answered " + caption, by, measure.name(), curves);
    }

    private static Rows positions(
            Predictor<Sequences> learner, Lifetime<Sequences> lifetime, Measure<Sequences> measure) {
        Rows rows = new Rows();
        lifetime.run(Trace.NONE, (before, step, scope) -> {
            var context = lifetime.context().at(before.age(), false);
            var outputs = measure.outputs(learner, lifetime.theta(), before.state(), lifetime.tasks(), context);
            rows.add(before.age() + 1, measure.of(outputs, lifetime.tasks()).doubles());
        });
        return rows;
    }

    /** Means over the positions of each number of appearances, which {@code groups} has by task and position. */
    private static Rows instances(Rows positions, int[][] groups) {
        int most = Arrays.stream(groups).flatMapToInt(Arrays::stream).max().orElse(0);
        Rows rows = new Rows();
        for (int k = 0; k <= most; k++) {
            double[] means = new double[groups.length];
            for (int task = 0; task < groups.length; task++) {
                double sum = 0;
                int members = 0;
                for (int p = 0; p < groups[task].length; p++) {
                    if (groups[task][p] == k) {
                        sum += positions.rows().get(p)[task];
                        members++;
                    }
                }
                means[task] = sum / members;
            }
            rows.add(k + 1, means);
        }
        return rows;
    }
}
