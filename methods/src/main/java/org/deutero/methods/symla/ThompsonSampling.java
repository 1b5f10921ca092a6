package org.deutero.methods.symla;

import java.util.random.RandomGenerator;
import org.deutero.learn.Servable;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Thompson sampling on Bernoulli bandits (Thompson 1933): every arm has a posterior Beta(1 + successes, 1 + failures); a round draws from all of them and pulls the arm of the largest. Nothing is
 * meta-learned, and nothing that a round shows is used.
 *
 * <p>A reward within [0, 1] counts as a success with that probability (Agrawal and Goyal 2012); others count as the nearer bound. Fast state: {@code successes} and {@code failures}, [tasks, arms].
 *
 * @param dtype of all numbers
 */
public record ThompsonSampling(DType dtype) implements Servable<Episodes> {
    private static final String SUCCESSES = "successes";
    private static final String FAILURES = "failures";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Tensor none = Tensors.zeros(dtype, tasks.size(), Rounds.arms(tasks))
                .to(tasks.supportX().device());
        return Params.builder().put(SUCCESSES, none).put(FAILURES, none).build();
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params chance = chance(phi, tasks, context);
        Tensor action = action(phi, chance);
        Tensor reward = Rounds.paid(tasks, context.step(), action);
        Tensor success =
                reward.clamp(0, 1).sub(chance.get("coin")).gt(0).to(dtype).unsqueeze(1);
        Params next = Params.builder()
                .put(SUCCESSES, phi.get(SUCCESSES).add(action.mul(success)))
                .put(FAILURES, phi.get(FAILURES).add(action.mul(success.neg().add(1))))
                .build();
        return new Step(next, Rounds.loss(tasks, reward));
    }

    /** What a round needs of chance: {@code exponential} [tasks, 2, arms, rounds + 1] and {@code coin} [tasks], uniform in (0, 1). */
    private Params chance(Params phi, Episodes tasks, StepContext context) {
        long arms = phi.get(SUCCESSES).size(1);
        return context.draw(
                        tasks.size(),
                        (rng, n) -> Params.builder()
                                .put(
                                        "exponential",
                                        open(rng, n, 2, arms, tasks.supportSize() + 1)
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

    /** Unit vectors [tasks, arms]. */
    private Tensor action(Params phi, Params chance) {
        // Beta(a, b) is G / (G + G') with G ~ Gamma(a), G' ~ Gamma(b), and Gamma(1 + n) is a sum of 1 + n exponentials.
        Tensor exponential = chance.get("exponential");
        Tensor wins = gamma(phi.get(SUCCESSES), exponential.select(1, 0));
        Tensor losses = gamma(phi.get(FAILURES), exponential.select(1, 1));
        Tensor rate = wins.div(wins.add(losses));
        return rate.argmax(1).oneHot(rate.size(1), dtype);
    }

    private static Tensor gamma(Tensor counts, Tensor exponential) {
        Tensor index =
                Tensors.range((int) exponential.size(2)).to(counts.dtype()).to(counts.device());
        Tensor counted = counts.unsqueeze(2).sub(index).gt(-0.5).to(counts.dtype());
        return exponential.mul(counted).sum(2);
    }

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size()).to(tasks.supportX().device());
    }

    /** Logits of the decision of this step: 0 for the arm that is pulled, minus infinity for the others. */
    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return action(phi, chance(phi, tasks, context)).log().unsqueeze(1).expand(-1, tasks.querySize(), -1);
    }

    /** The posteriors. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return phi.task(0);
    }

    /** The logarithm of what arms are expected to pay. */
    @Override
    public Tensor answer(Params solution, Tensor x) {
        Tensor wins = solution.get(SUCCESSES).add(1);
        Tensor all = wins.add(solution.get(FAILURES)).add(1);
        return wins.div(all).log().unsqueeze(0).expand(x.size(0), -1);
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
