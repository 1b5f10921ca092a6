package org.deutero.experiment.rule;

import java.util.List;
import java.util.stream.IntStream;
import org.deutero.experiment.report.Numbers;
import org.deutero.learn.Predictor;
import org.deutero.methods.scratch.ProblemTraining;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.RmsProp;
import org.deutero.tensor.optim.Sgd;

/**
 * An optimiser that a learned one has to beat on problems, with the rate that is usual where nobody tunes, and rates to choose from.
 *
 * @param name in tables
 * @param optimizer the rule
 * @param usual rate
 * @param rates of a grid
 */
record Rival(String name, Optimizer optimizer, double usual, List<Double> rates) {
    private static final int RATES = 9;

    /** SGD, momentum, Nesterov's, Adam and RMSprop; each grid spans four decades in half steps. */
    static final List<Rival> ALL = List.of(
            new Rival("sgd", Sgd.PLAIN, 0.01, halfDecades(-6)),
            new Rival("momentum", new Sgd(0.9, false), 0.01, halfDecades(-8)),
            new Rival("nesterov", new Sgd(0.9, true), 0.01, halfDecades(-8)),
            new Rival("adam", Adam.DEFAULT, 0.001, halfDecades(-9)),
            new Rival("rmsprop", new RmsProp(0.9, 1e-8), 0.001, halfDecades(-9)));

    /** 1 and 3 of every decade in turn, the first about 10^(first / 2). */
    static List<Double> halfDecades(int first) {
        return IntStream.range(first, first + RATES)
                .mapToObj(k -> Double.valueOf((k % 2 == 0 ? "1e" : "3e") + Math.floorDiv(k, 2)))
                .toList();
    }

    /** What trains at a rate. */
    Predictor<Problems> at(double rate) {
        return new ProblemTraining(optimizer, List.of(rate), false);
    }

    /** With its rate. */
    String named(double rate) {
        return name + " " + Numbers.brief(rate);
    }
}
