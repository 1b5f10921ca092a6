package org.deutero.experiment.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deutero.experiment.report.Standing.Duel;
import org.deutero.experiment.report.Standing.Gap;
import org.deutero.experiment.report.Standing.Pace;
import org.deutero.experiment.report.Standing.Speed;
import org.deutero.experiment.report.Standing.Stretch;
import org.deutero.learn.evaluate.Summary;

/**
 * Statistics of two optimisers on the same problems, paired by problem. A loss that is not finite is worse than any other.
 *
 * @param own losses of the learned optimiser: a row before each step, and one on what is held out at the end; a column a problem
 * @param others those of the other, in the same form
 */
record Duels(List<double[]> own, List<double[]> others) {
    /** The share of steps that a loss at the end, or on the way, is a mean over: single mini-batches differ too much. */
    private static final int TENTH = 10;

    private int steps() {
        return own.size() - 1;
    }

    private int window() {
        return Math.max(1, steps() / TENTH);
    }

    /**
     * What comes of it.
     *
     * @param points stretches of steps to compare one by one, by their first steps, with the end of the last
     */
    Duel duel(Pace pace, Pace other, int[] points) {
        List<Stretch> ahead = new ArrayList<>();
        List<Stretch> behind = new ArrayList<>();
        for (int i = 0; i + 1 < points.length; i++) {
            Gap gap = gap(points[i], points[i + 1], points[i], points[i + 1]);
            Stretch stretch = new Stretch(points[i], points[i + 1]);
            if (gap.ahead()) {
                join(ahead, stretch);
            } else if (gap.behind()) {
                join(behind, stretch);
            }
        }
        int end = steps();
        return new Duel(
                other.name(),
                gap(0, end, 0, end),
                gap(end - window(), end, end - window(), end),
                gap(end, end + 1, end, end + 1),
                equalTime(pace.processor(), other.processor()),
                speed(),
                ahead,
                behind);
    }

    private static void join(List<Stretch> stretches, Stretch next) {
        int last = stretches.size() - 1;
        if (last >= 0 && stretches.get(last).to() == next.from()) {
            stretches.set(last, new Stretch(stretches.get(last).from(), next.to()));
        } else {
            stretches.add(next);
        }
    }

    /** Both trained for as long as the faster one takes for all of its steps. */
    private Gap equalTime(double pace, double other) {
        double budget = steps() * Math.min(pace, other);
        int ours = Math.max(1, Math.min(steps(), (int) (budget / pace)));
        int theirs = Math.max(1, Math.min(steps(), (int) (budget / other)));
        return gap(Math.max(0, ours - window()), ours, Math.max(0, theirs - window()), theirs);
    }

    private Gap gap(int from, int to, int otherFrom, int otherTo) {
        double[] mine = mean(own, from, to);
        double[] theirs = mean(others, otherFrom, otherTo);
        double[] differences = IntStream.range(0, mine.length)
                .mapToDouble(i -> theirs[i] - mine[i])
                .toArray();
        int wins = (int) IntStream.range(0, mine.length)
                .filter(i -> mine[i] < theirs[i] || Double.isFinite(mine[i]) && !Double.isFinite(theirs[i]))
                .count();
        Summary summary = Summary.of(differences);
        return new Gap(summary.mean(), summary.interval(), wins, mine.length);
    }

    private static double[] mean(List<double[]> rows, int from, int to) {
        return IntStream.range(0, rows.get(0).length)
                .mapToDouble(i -> rows.subList(from, to).stream()
                        .mapToDouble(row -> row[i])
                        .average()
                        .orElse(Double.NaN))
                .toArray();
    }

    /** On the way to the mean loss of the other's last tenth, by means over a tenth of a tenth of the steps. */
    private Speed speed() {
        double[] targets = mean(others, steps() - window(), steps());
        List<Double> logarithms = new ArrayList<>();
        int never = 0;
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isFinite(targets[i])) {
                continue;
            }
            int mine = first(own, i, targets[i]);
            int theirs = first(others, i, targets[i]);
            never += mine > steps() ? 1 : 0;
            logarithms.add(Math.log(Math.min(theirs, steps()) / (double) Math.min(mine, steps())));
        }
        Summary summary =
                Summary.of(logarithms.stream().mapToDouble(Double::doubleValue).toArray());
        return new Speed(
                Math.exp(summary.mean()),
                Math.exp(summary.mean() - summary.interval()),
                Math.exp(summary.mean() + summary.interval()),
                never);
    }

    /** The number of steps after which a running mean is as low; more than there are if it never is. */
    private int first(List<double[]> rows, int problem, double target) {
        int width = Math.max(1, window() / TENTH);
        double[] losses =
                rows.stream().limit(steps()).mapToDouble(row -> row[problem]).toArray();
        for (int t = 0; t < losses.length; t++) {
            int from = Math.max(0, t + 1 - width);
            if (Arrays.stream(losses, from, t + 1).average().orElseThrow() <= target) {
                return t + 1;
            }
        }
        return losses.length + 1;
    }
}
