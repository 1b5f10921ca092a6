package org.deutero.experiment.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deutero.experiment.report.Strip;
import org.deutero.experiment.report.Strip.Moment;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.StatewiseObjective;
import org.deutero.learn.capability.StatewiseObjective.Pushes;
import org.deutero.tasks.world.Canvas;
import org.deutero.tasks.world.Frame;
import org.deutero.tasks.world.Worlds;

/** What a learned objective does to the policy of a test lifetime, state by state, at its beginning, in its middle and at its end. */
final class PushStrips {
    private static final int MOST = 60;

    private PushStrips() {}

    /** Of the first lifetime. */
    static List<Strip> of(StatewiseObjective objective, Lifetime<Worlds> all) {
        Worlds tasks = all.tasks().slice(0, 1);
        Lifetime<Worlds> one = new Lifetime<>(all.learner(), all.theta(), tasks, all.context());
        int last = one.steps() - 1;
        List<Integer> shown = IntStream.of(0, last / 2, last).distinct().boxed().toList();
        List<Pushes> pushes = new ArrayList<>();
        one.run(Trace.NONE, (before, step, scope) -> {
            if (shown.contains(before.age())) {
                pushes.add(objective.pushes(
                        one.theta(), before.state(), tasks, 0, one.context().at(before.age(), false)));
            }
        });
        double most = pushes.stream()
                .flatMap(seen -> Arrays.stream(seen.push()))
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < pushes.size(); i++) {
            Frame frame = picture(pushes.get(i), most);
            moments.add(new Moment(shown.get(i), frame.height(), frame.width(), frame.pixels()));
        }
        return List.of(new Strip(
                "What the learned objective does to a policy in an update of a test lifetime, whose number stands below: a row is an action, a column a state of those most visited, in the order of their numbers; green actions are made likelier and red ones less likely, the stronger the darker.",
                moments));
    }

    private static Frame picture(Pushes seen, double most) {
        int[] states = IntStream.range(0, seen.visits().length)
                .filter(state -> visits(seen, state) > 0)
                .boxed()
                .sorted((a, b) -> Double.compare(visits(seen, b), visits(seen, a)))
                .limit(MOST)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
        int actions = seen.push()[0].length;
        Canvas canvas = Canvas.board(actions, states.length);
        for (int column = 0; column < states.length; column++) {
            for (int action = 0; action < actions; action++) {
                double push = seen.push()[states[column]][action];
                double share = most == 0 ? 0 : Math.sqrt(Math.abs(push) / most);
                canvas.cell(action, column, mixed(push > 0 ? Canvas.GOAL : Canvas.HARM, share));
            }
        }
        return canvas.frame();
    }

    private static double visits(Pushes seen, int state) {
        return Arrays.stream(seen.visits()[state]).sum();
    }

    /** So much of a colour on white. */
    private static int mixed(int colour, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double part = share * (colour >> shift & 0xff) + (1 - share) * 255;
            mixed |= (int) Math.round(part) << shift;
        }
        return mixed;
    }
}
