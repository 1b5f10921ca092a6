package org.deutero.experiment.course;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deutero.experiment.report.Numbers;
import org.deutero.experiment.report.Strip;
import org.deutero.experiment.report.Strip.Moment;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Predictor;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.FurtherEpisode;
import org.deutero.tasks.world.Frame;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Episodes of a test lifetime as rows of pictures, in worlds that can be drawn: the first one and the last whole one, before every action. Of agents that live several steps of their world in a step of learning nobody sees these; such an agent plays one more episode when its life is over, doing what it takes for best and learning nothing.
 */
final class EpisodeStrips {
    private static final int MOST = 16;
    private static final String EPISODE = "episode";

    private final Predictor<Worlds> predictor;
    private final Lifetime<Worlds> lifetime;
    private final Worlds worlds;

    private EpisodeStrips(Predictor<Worlds> predictor, Lifetime<Worlds> lifetime) {
        this.predictor = predictor;
        this.lifetime = lifetime;
        this.worlds = lifetime.tasks();
    }

    /** Of the first lifetime and its first copy; none for worlds that are not drawn. */
    static List<Strip> of(Predictor<Worlds> predictor, Lifetime<Worlds> all) {
        Lifetime<Worlds> one =
                new Lifetime<>(all.learner(), all.theta(), all.tasks().slice(0, 1), all.context());
        Params lives = Agent.lives(one.begin(false));
        if (lives.isEmpty() || one.tasks().picture(lives, 0, 0).isEmpty()) {
            return List.of();
        }
        EpisodeStrips strips = new EpisodeStrips(predictor, one);
        if (one.steps() == one.tasks().steps()) {
            return strips.lived();
        }
        return FurtherEpisode.misfit(predictor).isPresent() ? List.of() : strips.played();
    }

    /** What an episode looked like, and what it brought. */
    private record Seen(int number, List<Moment> moments, double reward) {}

    private List<Strip> lived() {
        List<Seen> whole = new ArrayList<>();
        List<Moment> now = new ArrayList<>();
        double[] start = {0};
        lifetime.run(Trace.NONE, (before, step, scope) -> {
            Params lives = Agent.lives(before.state());
            Params after = Agent.lives(step.state());
            if (number(worlds.alive(lives)) == 0) {
                return;
            }
            now.add(moment(lives, now.size()));
            if (number(after.get(EPISODE)) > number(lives.get(EPISODE))) {
                double earned = number(Worlds.returns(after));
                Seen seen = new Seen((int) number(lives.get(EPISODE)) + 1, List.copyOf(now), earned - start[0]);
                if (whole.size() == 2) {
                    whole.remove(1);
                }
                whole.add(seen);
                now.clear();
                start[0] = earned;
            }
        });
        if (whole.isEmpty()) {
            return now.isEmpty()
                    ? List.of()
                    : List.of(strip("The beginning of a test lifetime, whose first episode did not end.", now));
        }
        return whole.stream()
                .map(seen -> strip(
                        "Episode " + seen.number + " of a test lifetime, before every action; return "
                                + Numbers.brief(seen.reward) + ".",
                        seen.moments))
                .toList();
    }

    private static double number(Tensor perLife) {
        return perLife.reshape(-1).doubles()[0];
    }

    private Moment moment(Params lives, int step) {
        Frame frame = worlds.picture(lives, 0, 0).orElseThrow();
        return new Moment(step, frame.height(), frame.width(), frame.pixels());
    }

    private List<Strip> played() {
        Passage end = lifetime.run(Trace.NONE);
        List<Moment> moments = new ArrayList<>();
        Tensor earned = FurtherEpisode.play(
                predictor,
                lifetime.theta(),
                end.state(),
                worlds,
                lifetime.context(),
                (lives, step) -> moments.add(moment(lives, step)));
        return List.of(strip(
                "An episode after a test lifetime, before every action, by what the agent takes for best; return "
                        + Numbers.brief(number(earned)) + ".",
                moments));
    }

    /** Not all pictures of a long episode, but its first and its last. */
    private static Strip strip(String caption, List<Moment> moments) {
        int shown = Math.min(MOST, moments.size());
        List<Moment> some = IntStream.range(0, shown)
                .mapToObj(i ->
                        moments.get(shown == 1 ? 0 : (int) Math.round((double) i * (moments.size() - 1) / (shown - 1))))
                .toList();
        return new Strip(caption, some);
    }
}
