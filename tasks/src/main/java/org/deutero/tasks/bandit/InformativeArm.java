package org.deutero.tasks.bandit;

import java.util.random.RandomGenerator;

/**
 * Eleven arms, the last of which tells where the good one is (Wang et al. 2016, Learning to reinforcement learn, arXiv 1611.05763, section 3.1.3): the target, one of the first ten, pays 5, the others 1, and the last pays a tenth of the target's number, counted from 1. Nothing is random but the target; pulling the poor last
 * arm once, then the target, is best.
 */
public record InformativeArm() implements ArmFamily {
    private static final int TARGETS = 10;
    private static final double TARGET = 5;
    private static final double OTHER = 1;

    @Override
    public int arms() {
        return TARGETS + 1;
    }

    @Override
    public void draw(RandomGenerator rng, double[] means, double[] pays) {
        int target = (int) (TARGETS * rng.nextDouble());
        for (int a = 0; a < TARGETS; a++) {
            means[a] = a == target ? TARGET : OTHER;
        }
        means[TARGETS] = (target + 1) / (double) TARGETS;
        ArmFamily.inAllRounds(means, arms());
        System.arraycopy(means, 0, pays, 0, means.length);
    }
}
