package org.deutero.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Seeds;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/** Collects a learner's answers on validation tasks, made just as a classifier makes them, and fits a temperature to them. */
final class Calibrator {
    private Calibrator() {}

    /** The answers to one task's queries. */
    private record Answers(double[][] logits, long[] labels) {}

    /**
     * Calibrates.
     *
     * @param source of validation tasks
     * @param queries answers to collect at least
     * @param seed of the tasks
     * @param threads that share the work; changes no result
     */
    static Calibration fit(Solver solver, TaskSource<Episodes> source, int queries, long seed, int threads) {
        RandomGenerator stream = Seeds.generator(seed, "calibration-tasks");
        List<double[]> logits = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int tasks = 0;
        try (Workers workers = new Workers(threads)) {
            while (labels.size() < queries) {
                try (Scope s = Scope.open()) {
                    Episodes batch = source.sample(threads, stream);
                    // In the order of tasks, and cut off where enough are collected: the same for any number of
                    // threads.
                    for (Answers answers : workers.map(threads, i -> answer(solver, batch, i))) {
                        if (labels.size() < queries) {
                            tasks++;
                            logits.addAll(List.of(answers.logits()));
                            for (long label : answers.labels()) {
                                labels.add((int) label);
                            }
                        }
                    }
                }
            }
        }
        return Calibration.fit(
                logits.toArray(new double[0][]),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                tasks);
    }

    private static Answers answer(Solver solver, Episodes tasks, int number) {
        try (Scope s = Scope.open()) {
            Episodes task = tasks.slice(number, number + 1);
            Params solution = solver.solve(task);
            return new Answers(
                    Solver.answers(solver.learner(), solution, task.queryX().select(0, 0), task.way()),
                    task.queryY().longs());
        }
    }
}
