package org.deutero.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Seeds;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/** Collects a learner's answers on validation tasks, made just as a classifier makes them, and fits a temperature to them. */
final class Calibrator {
    private Calibrator() {}

    /** The answers to one task's queries. */
    private record Answers(double[][] logits, long[] labels) {
        boolean finite() {
            return Arrays.stream(logits).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
        }
    }

    /**
     * Calibrates.
     *
     * @param source of validation tasks
     * @param queries answers to ask for at least; those of tasks on which the learner diverges are left out
     * @param seed of the tasks
     * @param threads that share the work; changes no result
     * @throws DataException if the learner diverges on all of them
     */
    static Calibration fit(Solver solver, TaskSource<Episodes> source, int queries, long seed, int threads) {
        RandomGenerator stream = Seeds.generator(seed, "calibration-tasks");
        List<double[]> logits = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int tasks = 0;
        int asked = 0;
        try (Workers workers = new Workers(threads)) {
            while (asked < queries) {
                try (Scope s = Scope.open()) {
                    Episodes batch = source.sample(threads, stream);
                    // In the order of tasks, and cut off where enough are collected: the same for any number of
                    // threads.
                    for (Answers answers : workers.map(threads, i -> answer(solver, batch, i))) {
                        if (asked >= queries) {
                            break;
                        }
                        asked += answers.labels().length;
                        if (answers.finite()) {
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
        if (tasks == 0) {
            throw new DataException(
                    "the learner diverges on every validation task: its answers are no numbers, to which"
                            + " no probabilities can be fitted");
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
