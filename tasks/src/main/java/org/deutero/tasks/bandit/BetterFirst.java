package org.deutero.tasks.bandit;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Two arms of which the first is the better one in every lifetime: who ties what it learns to the number of an arm need not look, and is lost where arms come in another order.
 *
 * @param family that arms are drawn from; of arms that change, the better is the one with the larger mean
 */
public record BetterFirst(TwoArms family) implements ArmFamily {
    @Override
    public int arms() {
        return family.arms();
    }

    @Override
    public void draw(RandomGenerator rng, double[] means, double[] pays) {
        double[] first = new double[means.length / 2];
        double[] second = new double[first.length];
        family.rates(rng, first, second);
        boolean ordered = Arrays.stream(first).sum() >= Arrays.stream(second).sum();
        for (int t = 0; t < first.length; t++) {
            means[2 * t] = ordered ? first[t] : second[t];
            means[2 * t + 1] = ordered ? second[t] : first[t];
        }
        ArmFamily.coins(rng, means, pays);
    }
}
