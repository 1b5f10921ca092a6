package org.deutero.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deutero.tasks.DataException;
import org.deutero.tensor.Scope;

/** Judges each example by classifiers that were made without it, for a {@link Rejection}: one for each picture, and one for each class. */
final class LeftOut {
    private static final int CLASSES = 3;
    private static final int PICTURES = 2;

    private final Solver solver;
    private final PreparedSupport support;
    private final int outputs;

    private LeftOut(Solver solver, PreparedSupport support, int outputs) {
        this.solver = solver;
        this.support = support;
        this.outputs = outputs;
    }

    /**
     * A threshold from these examples.
     *
     * @param outputs of the learner, if their number is fixed
     * @throws DataException if there are too few examples, or a classifier diverges
     */
    static Rejection threshold(Solver solver, PreparedSupport support, int outputs) {
        long several =
                support.classes().stream().filter(own -> own.size() >= PICTURES).count();
        if (support.classes().size() < CLASSES || several < PICTURES) {
            throw new DataException("a rejection threshold is found by leaving pictures and classes out, which needs at"
                    + " least three classes, two of them with two pictures or more, but there are "
                    + support.classes().size() + " classes, " + several + " of them with two pictures or more");
        }
        LeftOut judge = new LeftOut(solver, support, outputs);
        double[] known = judge.known();
        double[] strange = judge.strange();
        if (!Arrays.stream(known).allMatch(Double::isFinite)
                || !Arrays.stream(strange).allMatch(Double::isFinite)) {
            throw new DataException(
                    "the learner diverges on some of the examples: its answers are no numbers, in which no threshold can be found");
        }
        Rejection found = Rejection.of(known, strange);
        if (found.falseRejections() + found.falseAcceptances() >= 1) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "no threshold tells pictures of none of the classes here: the best rejects %.0f %% of pictures left out"
                            + " of their class and takes %.0f %% of classes left out for others; give more pictures, or use a"
                            + " learner with a metric such as protonet",
                    100 * found.falseRejections(),
                    100 * found.falseAcceptances()));
        }
        return found;
    }

    private double[] known() {
        List<Double> logits = new ArrayList<>();
        for (int c = 0; c < support.classes().size(); c++) {
            List<float[]> own = support.classes().get(c);
            for (int i = 0; own.size() >= PICTURES && i < own.size(); i++) {
                logits.addAll(largest(support.without(c, i), List.of(own.get(i))));
            }
        }
        return logits.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double[] strange() {
        List<Double> logits = new ArrayList<>();
        for (int c = 0; c < support.classes().size(); c++) {
            logits.addAll(largest(support.without(c), support.classes().get(c)));
        }
        return logits.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private List<Double> largest(PreparedSupport examples, List<float[]> questions) {
        try (Scope s = Scope.open()) {
            var solution = solver.solve(examples, outputs);
            var x = PreparedSupport.tensor(questions, examples.reader());
            return Arrays.stream(Solver.answers(
                            solver.learner(), solution, x, examples.classes().size()))
                    .map(Rejection::largest)
                    .toList();
        }
    }
}
