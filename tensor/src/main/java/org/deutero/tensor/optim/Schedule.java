package org.deutero.tensor.optim;

import java.util.List;

/** The factor on a rate as training goes on. */
@FunctionalInterface
public interface Schedule {
    /** Always 1. */
    Schedule CONSTANT = step -> 1;

    /** The factor at a step, from 0. */
    double factor(long step);

    /** Multiplied by {@code factor} after every {@code interval} steps. */
    static Schedule stepDecay(double factor, long interval) {
        return stepDecay(factor, interval, 0);
    }

    /** Multiplied by {@code factor} after every {@code interval} steps, down to {@code floor}. */
    static Schedule stepDecay(double factor, long interval, double floor) {
        return step -> Math.max(floor, Math.pow(factor, (double) Math.floorDiv(step, interval)));
    }

    /** Multiplied by {@code factor} at each of these steps. */
    static Schedule milestones(double factor, List<Integer> steps) {
        List<Integer> at = List.copyOf(steps);
        return step ->
                Math.pow(factor, (double) at.stream().filter(s -> step >= s).count());
    }

    /** Falls from 1 to {@code floor} along half a cosine over {@code steps} steps. */
    static Schedule cosine(long steps, double floor) {
        return step -> floor + (1 - floor) * (1 + Math.cos(Math.PI * Math.min(step, steps) / steps)) / 2;
    }

    /** Falls from 1 to {@code floor} along a line over {@code steps} steps. */
    static Schedule linear(long steps, double floor) {
        return step -> floor + (1 - floor) * (1 - Math.min(step, steps) / (double) steps);
    }
}
