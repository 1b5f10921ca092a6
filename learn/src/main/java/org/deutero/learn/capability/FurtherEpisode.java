package org.deutero.learn.capability;

import java.util.Arrays;
import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Rolling;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/** One more episode of agents whose lifetime is over, in the same worlds: they do what they prefer, without noise, and learn nothing. Its start and its luck are its own, unlike those of any episode that was learned from. */
public final class FurtherEpisode {
    private static final String OWN = "further-episode";

    private FurtherEpisode() {}

    /** Looks on. */
    @FunctionalInterface
    public interface Onlooker {
        /** Before an action. @param lives of the episode, which last no longer than this call */
        void acts(Params lives, int step);
    }

    /** Why a learner cannot play on so, if it cannot. */
    public static Optional<String> misfit(Predictor<Worlds> agent) {
        if (agent.as(AdaptivePolicy.class).isPresent()) {
            return Optional.of("it keeps no life that could go on; expected return, which plays new episodes of it");
        }
        return agent.as(PolicyLearner.class).isPresent()
                ? Optional.of("it remembers what it lives through, and would act by a memory that does not go on;"
                        + " expected return")
                : Optional.empty();
    }

    /** A trial of a single episode in the same worlds. */
    static Worlds of(Worlds tasks) {
        long[] seeds = Arrays.stream(tasks.seeds())
                .map(seed -> Seeds.branch(seed, OWN))
                .toArray();
        return new Worlds(
                tasks.world(), seeds, tasks.copies(), 1, tasks.world().shape().limit());
    }

    /**
     * Plays it in all lifetimes, to the end.
     *
     * @param phi where they stand
     * @param context of their lifetimes
     * @return the sums of rewards, [lifetimes, copies]
     */
    public static Tensor play(
            Predictor<Worlds> agent, Params theta, Params phi, Worlds tasks, TaskContext context, Onlooker onlooker) {
        Worlds episode = of(tasks);
        TaskContext own = context.withSeed(Seeds.branch(context.seed(), OWN));
        boolean chooses = tasks.world().shape().actions() instanceof Actions.Discrete;
        Params rest = phi.filter(name -> !name.startsWith(Agent.WORLD + "."));
        try (Scope all = Scope.open();
                Rolling lives = new Rolling(
                        episode.beginAgain(Worlds.returns(Agent.lives(phi)).dtype()))) {
            for (int t = 0; t < episode.steps(); t++) {
                try (Scope s = Scope.open()) {
                    if (episode.alive(lives.get()).sum().item() == 0) {
                        break;
                    }
                    onlooker.acts(lives.get(), t);
                    Params now = rest.with(lives.get().under(Agent.WORLD));
                    Tensor preferred = agent.predict(theta, now, episode, own.at(t, false));
                    Tensor action = chooses ? preferred.argmax(2) : preferred;
                    lives.next(s, episode.step(lives.get(), action, t).lives());
                }
            }
            return all.keep(Worlds.returns(lives.get()));
        }
    }
}
