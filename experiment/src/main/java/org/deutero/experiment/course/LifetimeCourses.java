package org.deutero.experiment.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.Course.Role;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Predictor;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.evaluate.WorldMeasures;
import org.deutero.tasks.world.Foreseen;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * How an agent's lives go: rewards added up step by step; what each episode of a lifetime brings, or, where a step of learning lives several steps of the world, what it earns for each episode that ends in it; and in bandits what the best arm would have been expected to pay beyond.
 */
final class LifetimeCourses {
    private static final String TITLE = "Lifetimes";
    private static final String EPISODE = "episode";

    private final Lifetime<Worlds> lifetime;
    private final Predictor<Worlds> predictor;
    private final int lifetimes;
    private final int copies;
    private final boolean stepwise;
    private final Rows returns = new Rows();
    private final Rows regrets = new Rows();
    private final Rows uniform = new Rows();
    private final Rows averages = new Rows();
    /** By episode and life: rewards, and whether it was over before the lifetime was. */
    private final List<double[]> rewards = new ArrayList<>();

    private final List<boolean[]> over = new ArrayList<>();

    private LifetimeCourses(Lifetime<Worlds> lifetime, Predictor<Worlds> predictor) {
        this.predictor = predictor;
        this.lifetime = lifetime;
        this.lifetimes = lifetime.tasks().size();
        this.copies = lifetime.tasks().copies();
        this.stepwise = lifetime.steps() == lifetime.tasks().steps();
    }

    /** @param shown lifetimes that have a curve of their own */
    static List<Course> of(Predictor<Worlds> predictor, Lifetime<Worlds> lifetime, int shown) {
        return new LifetimeCourses(lifetime, predictor).courses(shown);
    }

    private List<Course> courses(int shown) {
        returns.add(0, new double[lifetimes]);
        boolean foreseen = stepwise && lifetime.tasks().world() instanceof Foreseen;
        if (foreseen) {
            regrets.add(0, new double[lifetimes]);
            uniform.add(0, new double[lifetimes]);
        }
        lifetime.run(Trace.NONE, (before, step, scope) -> {
            lived(before.age(), before.state(), step.state());
            if (foreseen) {
                regretted(before);
            }
        });
        List<Course> courses = new ArrayList<>();
        courses.add(new Course(
                TITLE,
                "Rewards of test lifetimes added up, step by step: " + shown + " of them and the mean over " + lifetimes
                        + ", with its 95 % interval.",
                by(),
                "return",
                curves(returns, shown)));
        Rows episodes = episodes();
        if (stepwise && episodes.rows().size() > 1) {
            boolean noise = lifetime.tasks().world().shape().limit() == 1;
            courses.add(new Course(
                    TITLE,
                    "What each episode of a lifetime brings, mean over " + lifetimes
                            + " test lifetimes with its 95 % interval: how an agent gets better as it lives.",
                    EPISODE,
                    "return",
                    curves(episodes, noise ? 0 : shown)));
        }
        if (!stepwise && !averages.rows().isEmpty()) {
            courses.add(new Course(
                    TITLE,
                    "What a step of learning earned for each episode that ended in it, mean over " + lifetimes
                            + " test lifetimes with its 95 % interval.",
                    by(),
                    "reward per episode",
                    curves(averages, shown)));
        }
        if (foreseen) {
            List<Curve> curves = new ArrayList<>(curves(regrets, 0));
            curves.add(uniform.mean("uniform", Role.BEFORE));
            courses.add(new Course(
                    TITLE,
                    "Expected regret added up: what the best action is expected to pay beyond what the agent's policy"
                            + " is, mean over "
                            + lifetimes
                            + " test lifetimes with its 95 % interval, beside that of whoever acts at random.",
                    by(),
                    "regret",
                    curves));
        }
        return courses;
    }

    private String by() {
        return stepwise ? "step" : "step of learning";
    }

    private void regretted(Passage before) {
        Worlds tasks = lifetime.tasks();
        int step = before.age();
        Tensor regret = WorldMeasures.REGRET.of(
                WorldMeasures.REGRET.outputs(
                        predictor,
                        lifetime.theta(),
                        before.state(),
                        tasks,
                        lifetime.context().at(step, false)),
                tasks);
        add(regrets, step + 1, regret);
        Tensor expected = ((Foreseen) tasks.world()).expected(step);
        add(uniform, step + 1, expected.max(1).sub(expected.mean(1)));
    }

    /** One row more, of sums. */
    private static void add(Rows rows, int step, Tensor numbers) {
        double[] sums = rows.rows().get(rows.rows().size() - 1).clone();
        double[] more = numbers.doubles();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += more[i];
        }
        rows.add(step, sums);
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
        averaged(step, earlier, now, from, to);
    }

    /** A row if every lifetime has ended an episode: what was earned in the step, whichever episodes it belongs to, by the number of those that ended. */
    private void averaged(int step, double[] earlier, double[] now, double[] from, double[] to) {
        double[] earned = new double[lifetimes];
        double[] ended = new double[lifetimes];
        for (int life = 0; life < now.length; life++) {
            earned[life / copies] += now[life] - earlier[life];
            ended[life / copies] += to[life] - from[life];
        }
        for (int i = 0; i < lifetimes; i++) {
            if (ended[i] == 0) {
                return;
            }
            earned[i] /= ended[i];
        }
        averages.add(step + 1, earned);
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
