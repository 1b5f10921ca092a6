package org.deutero.methods.arms;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Agent;
import org.deutero.options.OptionsException;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Thompson sampling on Bernoulli bandits (Thompson 1933): every arm has a posterior Beta(1 + successes, 1 + failures); a round draws from all of them and pulls the arm of the largest. Nothing is
 * meta-learned, and nothing that a round shows is used.
 *
 * <p>In lifetimes of up to 1000 rounds a Gamma number of a posterior is a sum of exponential ones; in longer ones it is drawn by {@link GammaDraw}, so that a round costs the same however many there are.
 *
 * <p>A reward within [0, 1] counts as a success with that probability (Agrawal and Goyal 2012); others count as the nearer bound. Fast state: {@code successes} and {@code failures}, [tasks, arms], and {@code world}, the lives.
 *
 * @param dtype of all numbers
 */
public record ThompsonSampling(DType dtype) implements Agent {
    private static final String SUCCESSES = "successes";
    private static final String FAILURES = "failures";
    /** Up to so many rounds exponential numbers are drawn for all pulls that there may be. */
    private static final int SUMMED = 1000;

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        if (tasks.copies() != 1) {
            throw new OptionsException(
                    "thompson-sampling plays one bandit a task, but lifetimes have " + tasks.copies() + " copies");
        }
        Tensor none = Tensors.zeros(dtype, tasks.size(), tasks.world().shape().choices());
        return Params.builder()
                .put(SUCCESSES, none)
                .put(FAILURES, none)
                .put(WORLD, tasks.begin(dtype))
                .build();
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        Params chance = chance(phi, tasks, context);
        Tensor number = action(phi, tasks, chance);
        Transition transition = tasks.step(Agent.lives(phi), number.unsqueeze(1), context.step());
        Tensor reward = transition.reward().squeeze(1);
        Tensor action = unit(number, phi);
        Tensor success =
                reward.clamp(0, 1).sub(chance.get("coin")).gt(0).to(dtype).unsqueeze(1);
        Params next = Params.builder()
                .put(SUCCESSES, phi.get(SUCCESSES).add(action.mul(success)))
                .put(FAILURES, phi.get(FAILURES).add(action.mul(success.neg().add(1))))
                .put(WORLD, transition.lives())
                .build();
        return new Step(next, Agent.loss(tasks, transition.reward()));
    }

    private Tensor unit(Tensor number, Params phi) {
        return number.oneHot(phi.get(SUCCESSES).size(1), dtype);
    }

    /** What a round needs of chance: {@code exponential} [tasks, 2, arms, rounds + 1] or, in long lifetimes, {@code seeds}, int64 [tasks, 2, arms]; and {@code coin} [tasks], uniform in (0, 1). */
    private Params chance(Params phi, Worlds tasks, StepContext context) {
        long arms = phi.get(SUCCESSES).size(1);
        if (tasks.steps() > SUMMED) {
            return context.draw(
                    tasks.size(),
                    (rng, n) -> Params.builder()
                            .put(
                                    "seeds",
                                    Tensor.of(
                                            rng.longs(ArraySize.of(n, 2, arms)).toArray(), n, 2, arms))
                            .put("coin", open(rng, n).to(dtype))
                            .build());
        }
        return context.draw(
                        tasks.size(),
                        (rng, n) -> Params.builder()
                                .put(
                                        "exponential",
                                        open(rng, n, 2, arms, tasks.steps() + 1)
                                                .log()
                                                .neg()
                                                .to(dtype))
                                .put("coin", open(rng, n).to(dtype))
                                .build())
                .to(phi.get(SUCCESSES).device());
    }

    /** The end 0 is left out: its logarithm is infinite, and a reward of 0 must not be a success. */
    private static Tensor open(RandomGenerator rng, long... shape) {
        return Tensors.uniform(rng, Double.MIN_NORMAL, 1, DType.FLOAT64, shape);
    }

    /** Numbers of arms, int64 [tasks]. */
    private static Tensor action(Params phi, Worlds tasks, Params chance) {
        // Beta(a, b) is G / (G + G') with G ~ Gamma(a), G' ~ Gamma(b), and Gamma(1 + n) is a sum of 1 + n exponentials.
        boolean summed = tasks.steps() <= SUMMED;
        Tensor luck = chance.get(summed ? "exponential" : "seeds");
        Tensor wins = gamma(phi.get(SUCCESSES), luck.select(1, 0), summed);
        Tensor losses = gamma(phi.get(FAILURES), luck.select(1, 1), summed);
        Tensor rate = wins.div(wins.add(losses));
        return rate.argmax(1);
    }

    private static Tensor gamma(Tensor counts, Tensor luck, boolean summed) {
        return summed ? sum(counts, luck) : drawn(counts, luck);
    }

    /** From a generator of each arm's own, so that copies of a task share their luck though their counts differ. */
    private static Tensor drawn(Tensor counts, Tensor seeds) {
        double[] gamma = counts.to(DType.FLOAT64).doubles();
        long[] seed = seeds.longs();
        for (int i = 0; i < gamma.length; i++) {
            gamma[i] = GammaDraw.of(1 + gamma[i], new SplittableRandom(seed[i]));
        }
        return Tensor.of(gamma, counts.shape()).to(counts.dtype()).to(counts.device());
    }

    private static Tensor sum(Tensor counts, Tensor exponential) {
        Tensor index =
                Tensors.range((int) exponential.size(2)).to(counts.dtype()).to(counts.device());
        Tensor counted = counts.unsqueeze(2).sub(index).gt(-0.5).to(counts.dtype());
        return exponential.mul(counted).sum(2);
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** Logits of the decision of this step: 0 for the arm that is pulled, minus infinity for the others. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        return unit(action(phi, tasks, chance(phi, tasks, context)), phi).log().unsqueeze(1);
    }
}
