package org.deutero.learn.reinforcement;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.capability.PolicyLearner;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * The gradient of a {@link PolicyLoss} on trials that are lived for it: first lived without graph, then gone over at once.
 *
 * @param name in recipes
 * @param advantages of actions
 * @param span what rewards to come are counted in
 * @param loss of policy and value
 * @param standardise whether advantages have mean 0 and deviation 1 over all steps
 * @param rewardScale factor on rewards before advantages and values are made of them
 */
public record PolicyGradient(
        String name, Advantages advantages, Span span, PolicyLoss loss, boolean standardise, double rewardScale)
        implements MetaGradient {
    private static final String ADVANTAGE = "advantage";
    private static final String TARGET = "target";

    /** What rewards to come are counted in. */
    public enum Span {
        /** Whole trials, whatever ends in them: for who learns within a trial. */
        TRIALS,
        /** Episodes, with values of the states in which time ended them. */
        EPISODES,
        /** Episodes, after whose end nothing comes, whatever ended them. */
        MERGED
    }

    @Override
    public String describe() {
        return "gradient of "
                + (loss.clip() > 0 ? "proximal policy optimisation, with clipped ratios," : "advantage actor-critic")
                + " on trials that are lived for it; " + counted();
    }

    String counted() {
        return "advantages by GAE within " + (span == Span.TRIALS ? "whole trials" : "episodes");
    }

    @Override
    public String cost() {
        return "memory T a, time 4 T c";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return learner.as(PolicyLearner.class).isPresent()
                ? Optional.empty()
                : Optional.of("it has no policy and value that can be evaluated again over trials, such as rl2 has");
    }

    /** Trials of a batch with {@code advantage}, not yet standardised, and {@code target}. */
    Trials live(PolicyLearner agent, Lifetime<Worlds> life) {
        Trials trials = Trials.of(agent, life, span == Span.EPISODES);
        Tensor alive = trials.get(Trials.ALIVE);
        Tensor reward = trials.get(Trials.REWARD).mul(rewardScale);
        // Nothing comes after the end of a life.
        Tensor value = trials.get(Trials.VALUE).mul(alive);
        Advantages.Estimated found = span == Span.TRIALS
                ? advantages.trials(reward, value)
                : advantages.episodes(
                        reward,
                        value,
                        trials.get(Trials.NEXT_VALUE),
                        trials.get(Trials.TERMINATED),
                        trials.get(Trials.TRUNCATED),
                        span == Span.EPISODES ? Advantages.Ends.SEPARATE : Advantages.Ends.MERGED);
        return new Trials(trials.tree()
                .with(Params.builder()
                        .put(ADVANTAGE, found.advantage())
                        .put(TARGET, found.target())
                        .build()));
    }

    /** Trials of all shards, with advantages as they are used. */
    List<Trials> used(List<Trials> all) {
        if (!standardise) {
            return all;
        }
        List<Tensor> advantages = Advantages.standardised(
                all.stream().map(trials -> trials.get(ADVANTAGE)).toList(),
                all.stream().map(trials -> trials.get(Trials.ALIVE)).toList());
        return IntStream.range(0, all.size())
                .mapToObj(i -> new Trials(all.get(i).tree().with(Params.of(ADVANTAGE, advantages.get(i)))))
                .toList();
    }

    /**
     * The loss on some trials.
     *
     * @param terms [trials, steps]
     * @param alive 1 in steps that count, [trials, steps]
     * @param loss its sum over steps that count
     * @param gradient of that, a tree like theta
     */
    record Judged(PolicyLoss.Terms terms, Tensor alive, double loss, Params gradient) {
        /** A sum over steps that count. */
        Tensor sum(Tensor numbers) {
            return numbers.mul(alive).sum();
        }
    }

    Judged judge(PolicyLearner agent, Params theta, Trials trials, PolicyLoss by) {
        Tensor alive = trials.get(Trials.ALIVE);
        PolicyLoss.Terms[] terms = new PolicyLoss.Terms[1];
        Tensor[] sum = new Tensor[1];
        Params gradient = agent.gradient(theta, trials.tree().child(Trials.SHOWN), found -> {
            terms[0] = by.of(
                    found.policy().logProbability(trials.get(Trials.ACTION)),
                    trials.get(Trials.LOG_PROBABILITY),
                    trials.get(ADVANTAGE),
                    by.entropyForm().of(found.policy()),
                    found.value(),
                    trials.get(TARGET));
            sum[0] = terms[0].loss().mul(alive).sum();
            return sum[0];
        });
        return new Judged(terms[0], alive, sum[0].item(), gradient);
    }

    /** At the theta that lives, where ratios are 1, the gradients of PPO and of advantage actor-critic are equal. Losses are minus the mean reward of a step. */
    @Override
    @SuppressWarnings("unchecked") // learners with a policy live in worlds
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        require(lifetime.learner());
        PolicyLearner agent = lifetime.learner().as(PolicyLearner.class).orElseThrow();
        Lifetime<Worlds> life = (Lifetime<Worlds>) lifetime;
        try (Scope s = Scope.open()) {
            Trials trials = used(List.of(live(agent, life.detach()))).get(0);
            Judged judged = judge(agent, life.theta().detach(), trials, loss);
            double alive = judged.alive().sum().item();
            Params gradient = judged.gradient().mul(life.tasks().size() / alive);
            return new Estimate(losses(trials, life.tasks()), gradient).keep(s);
        }
    }

    /** Minus the mean reward of a step, [lifetimes]. */
    static Tensor losses(Trials trials, Worlds tasks) {
        return trials.get(Trials.REWARD)
                .sum(1)
                .reshape(tasks.size(), -1)
                .mean(1)
                .div(-tasks.steps());
    }
}
