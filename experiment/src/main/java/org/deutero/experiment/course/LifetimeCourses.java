package org.deutero.experiment.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.Course.Role;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.Agent;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;

/** How an agent's lives go: rewards added up step by step, and what each episode of a lifetime brings. */
final class LifetimeCourses {
    private static final String TITLE = "Lifetimes";
    private static final String EPISODE = "episode";

    private final Lifetime<Worlds> lifetime;
    private final int lifetimes;
    private final int copies;
    private final Rows returns = new Rows();
    /** By episode and life: rewards, and whether it was over before the lifetime was. */
    private final List<double[]> rewards = new ArrayList<>();

    private final List<boolean[]> over = new ArrayList<>();

    private LifetimeCourses(Lifetime<Worlds> lifetime) {
        this.lifetime = lifetime;
        this.lifetimes = lifetime.tasks().size();
        this.copies = lifetime.tasks().copies();
    }

    /** @param shown lifetimes that have a curve of their own */
    static List<Course> of(Lifetime<Worlds> lifetime, int shown) {
        return new LifetimeCourses(lifetime).courses(shown);
    }

    private List<Course> courses(int shown) {
        returns.add(0, new double[lifetimes]);
        lifetime.run(Trace.NONE, (before, step, scope) -> lived(before.age(), before.state(), step.state()));
        List<Course> courses = new ArrayList<>();
        courses.add(new Course(
                TITLE,
                "Rewards of test lifetimes added up, step by step: " + shown + " of them and the mean over " + lifetimes
                        + ", with its 95 % interval.",
                "step",
                "return",
                curves(returns, shown)));
        Rows episodes = episodes();
        if (episodes.rows().size() > 1) {
            boolean noise = lifetime.tasks().world().shape().limit() == 1;
            courses.add(new Course(
                    TITLE,
                    "What each episode of a lifetime brings, mean over " + lifetimes
                            + " test lifetimes with its 95 % interval: how an agent gets better as it lives.",
                    EPISODE,
                    "return",
                    curves(episodes, noise ? 0 : shown)));
        }
        return courses;
    }

    private static List<Curve> curves(Rows rows, int shown) {
        List<Curve> curves = new ArrayList<>(rows.tasks("lifetime", shown));
        curves.add(rows.mean("mean", Role.MEAN));
        return curves;
    }

    private void lived(int step, Params before, Params after) {
        double[] earlier = Worlds.returns(Agent.lives(before)).reshape(-1).doubles();
        double[] now = Worlds.returns(Agent.lives(after)).reshape(-1).doubles();
        double[] from = Agent.lives(before).get(EPISODE).reshape(-1).doubles();
        double[] to = Agent.lives(after).get(EPISODE).reshape(-1).doubles();
        double[] means = new double[lifetimes];
        for (int life = 0; life < now.length; life++) {
            means[life / copies] += now[life] / copies;
            int episode = (int) from[life];
            while (rewards.size() <= episode) {
                rewards.add(new double[now.length]);
                over.add(new boolean[now.length]);
            }
            rewards.get(episode)[life] += now[life] - earlier[life];
            over.get(episode)[life] |= to[life] > from[life];
        }
        returns.add(step + 1, means);
    }

    /** The returns of episodes that are over in all lives, means over copies. */
    private Rows episodes() {
        Rows rows = new Rows();
        for (int e = 0; e < rewards.size(); e++) {
            boolean all = true;
            double[] means = new double[lifetimes];
            for (int life = 0; life < rewards.get(e).length; life++) {
                means[life / copies] += rewards.get(e)[life] / copies;
                all &= over.get(e)[life];
            }
            if (!all) {
                break;
            }
            rows.add(e + 1, Arrays.copyOf(means, lifetimes));
        }
        return rows;
    }
}
