package org.deutero.experiment.course;

import java.util.ArrayList;
import java.util.List;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.Course.Role;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Tensor;

/** What a policy that is updated earns before its first update and after each: trained, and by the same updates from where meta-training began. */
final class PracticeCourses {
    private PracticeCourses() {}

    /** @param shown tasks that have a curve of their own */
    static List<Course> of(AdaptivePolicy learner, Lifetime<Worlds> trained, Lifetime<Worlds> start, int shown) {
        Rows after = returns(learner, trained);
        List<Curve> curves = new ArrayList<>(after.tasks("task", shown));
        curves.add(returns(learner, start).mean("before meta-training", Role.BEFORE));
        curves.add(after.mean("mean", Role.MEAN));
        return List.of(new Course(
                "Updates",
                "Returns of episodes after so many updates of the policy: " + shown + " test tasks and the mean over "
                        + trained.tasks().size()
                        + " with its 95 % interval, and the mean of the policy that meta-training began with.",
                "updates",
                "return",
                curves));
    }

    private static Rows returns(AdaptivePolicy learner, Lifetime<Worlds> lifetime) {
        Rows rows = new Rows();
        Passage end = lifetime.run(
                Trace.NONE, (before, step, scope) -> rows.add(before.age(), at(learner, lifetime, before)));
        rows.add(end.age(), at(learner, lifetime, end));
        return rows;
    }

    private static double[] at(AdaptivePolicy learner, Lifetime<Worlds> lifetime, Passage now) {
        Tensor returns = learner.returns(
                lifetime.theta(),
                now.state(),
                lifetime.tasks(),
                lifetime.context().at(now.age(), false));
        return returns.mean(1).doubles();
    }
}
