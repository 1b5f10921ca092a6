package org.deutero.experiment.compare;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.measure.QueryAnswers;

/**
 * Which classes a learner takes for each other. Labels mean another class in every task, so a confusion matrix of labels would say
 * nothing; this one is of the classes behind them, and since few of many classes ever meet, it is kept as a list of pairs.
 */
final class Confusions {
    private final Map<List<String>, Count> counts = new HashMap<>();

    /**
     * Two classes.
     *
     * @param first of the names, the smaller one
     * @param mistakes queries of either that were answered with the other
     * @param chances queries of either in tasks that held both
     * @param task where a first mistake happened
     * @param query which query it was
     */
    record Count(String first, String second, int mistakes, int chances, int task, int query) {
        double rate() {
            return (double) mistakes / chances;
        }

        private Count plus(int moreMistakes, int moreChances, int atTask, int atQuery) {
            boolean firstMistake = mistakes == 0 && moreMistakes > 0;
            return new Count(
                    first,
                    second,
                    mistakes + moreMistakes,
                    chances + moreChances,
                    firstMistake ? atTask : task,
                    firstMistake ? atQuery : query);
        }
    }

    /**
     * Adds a task.
     *
     * @param number of the task
     * @param classes its classes in the order of the labels
     * @param answers to its queries, which stand in class-major order
     */
    void add(int number, List<String> classes, QueryAnswers answers) {
        int queries = answers.predicted().length / classes.size();
        for (int a = 0; a < classes.size(); a++) {
            for (int b = a + 1; b < classes.size(); b++) {
                count(classes.get(a), classes.get(b), 0, 2 * queries, number, 0);
            }
        }
        for (int q = 0; q < answers.predicted().length; q++) {
            int truth = q / queries;
            if (answers.predicted()[q] != truth) {
                count(classes.get(truth), classes.get(answers.predicted()[q]), 1, 0, number, q);
            }
        }
    }

    private void count(String a, String b, int mistakes, int chances, int task, int query) {
        String first = a.compareTo(b) < 0 ? a : b;
        String second = first.equals(a) ? b : a;
        Count before = counts.getOrDefault(List.of(first, second), new Count(first, second, 0, 0, -1, -1));
        counts.put(List.of(first, second), before.plus(mistakes, chances, task, query));
    }

    /** The pairs with most mistakes; of equally many, those with the larger share of their chances. */
    List<Count> worst(int number) {
        return counts.values().stream()
                .filter(count -> count.mistakes() > 0)
                .sorted(Comparator.comparingInt(Count::mistakes)
                        .thenComparingDouble(Count::rate)
                        .reversed()
                        .thenComparing(Count::first)
                        .thenComparing(Count::second))
                .limit(number)
                .toList();
    }
}
