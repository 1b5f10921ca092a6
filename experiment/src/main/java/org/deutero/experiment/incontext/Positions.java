package org.deutero.experiment.incontext;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deutero.experiment.compare.OverSeeds;
import org.deutero.learn.evaluate.Summary;

/**
 * How items of sequences are answered by their position, before their own answer is told.
 *
 * @param at one figure a position
 * @param late the mean over the last positions of a sequence
 */
public record Positions(List<Figure> at, Figure late) {
    /** Copies the list, which holds at least one. */
    public Positions {
        at = List.copyOf(at);
        if (at.isEmpty()) {
            throw new IllegalArgumentException("sequences have at least one position");
        }
    }

    /**
     * Of answers: intervals cover the drawing of sequences.
     *
     * @param right [sequences][positions], whether the answer is right
     * @param firstLate the first of the last positions, from 0
     */
    static Positions of(boolean[][] right, int firstLate) {
        int length = right[0].length;
        List<Figure> at = IntStream.range(0, length)
                .mapToObj(t -> figure(Arrays.stream(right)
                        .mapToDouble(sequence -> sequence[t] ? 1 : 0)
                        .toArray()))
                .toList();
        return new Positions(
                at,
                figure(Arrays.stream(right)
                        .mapToDouble(sequence -> IntStream.range(firstLate, length)
                                        .filter(t -> sequence[t])
                                        .count()
                                / (double) (length - firstLate))
                        .toArray()));
    }

    private static Figure figure(double[] sequences) {
        Summary summary = Summary.of(sequences);
        return new Figure(summary.mean(), summary.interval());
    }

    /** The mean over training seeds; with several, intervals cover them instead. */
    static Positions over(List<Positions> seeds) {
        if (seeds.size() == 1) {
            return seeds.get(0);
        }
        return new Positions(
                IntStream.range(0, seeds.get(0).at.size())
                        .mapToObj(t -> mean(seeds.stream().map(s -> s.at.get(t)).toList()))
                        .toList(),
                mean(seeds.stream().map(Positions::late).toList()));
    }

    private static Figure mean(List<Figure> seeds) {
        OverSeeds over = OverSeeds.of(seeds.stream().mapToDouble(Figure::mean).toArray());
        return new Figure(over.mean(), over.interval());
    }

    /** At the first position, before anything was told. */
    public Figure first() {
        return at.get(0);
    }

    /** How much is learned within a sequence: what the last positions are better than the first. */
    public double gain() {
        return late.mean() - first().mean();
    }
}
