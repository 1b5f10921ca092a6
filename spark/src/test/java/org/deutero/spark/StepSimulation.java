package org.deutero.spark;

import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * A step event by event, with none of the model's formulas: a driver that hands out tasks one by one to whoever is free, executors that fetch the state from any that has it and serves nobody else just then, work of random length, and a
 * driver that takes contributions in one by one.
 */
final class StepSimulation {
    private final StepCost cost;
    private final RandomGenerator rng;

    StepSimulation(StepCost cost, RandomGenerator rng) {
        this.cost = cost;
        this.rng = rng;
    }

    /** Seconds from the step's beginning to its end. */
    double step(int tasks, int executors) {
        double driver = cost.fixed();
        PriorityQueue<Double> holders = new PriorityQueue<>(); // when each that has the state can serve the next
        holders.add(driver);
        PriorityQueue<Double> free = new PriorityQueue<>(); // executors that have the state, by when they are free
        int fresh = executors;
        PriorityQueue<Double> arrivals = new PriorityQueue<>();
        for (int task = 0; task < tasks; task++) {
            double start;
            if (fresh > 0) {
                fresh--;
                driver += cost.dispatch();
                double from = Math.max(driver, holders.remove());
                start = from + cost.latency() + cost.state() / cost.bandwidth();
                holders.add(start);
                holders.add(start);
            } else {
                driver = Math.max(driver, free.remove()) + cost.dispatch();
                start = driver;
            }
            double end = start + Math.max(0, cost.work() + cost.spread() * rng.nextGaussian());
            free.add(end);
            arrivals.add(end + cost.latency());
        }
        double taken = 0;
        while (!arrivals.isEmpty()) {
            taken = Math.max(taken, arrivals.remove()) + cost.collect();
        }
        return taken;
    }

    /** The mean of several. */
    double mean(int tasks, int executors, int times) {
        double sum = 0;
        for (int i = 0; i < times; i++) {
            sum += step(tasks, executors);
        }
        return sum / times;
    }
}
