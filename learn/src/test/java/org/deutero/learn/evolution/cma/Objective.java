package org.deutero.learn.evolution.cma;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Functions to be minimised, all with minimum 0. */
enum Objective {
    SPHERE(1, x -> IntStream.range(0, x.length).mapToDouble(i -> x[i] * x[i]).sum()),
    ELLIPSOID(
            1,
            x -> IntStream.range(0, x.length)
                    .mapToDouble(i -> Math.pow(1e6, i / (x.length - 1.0)) * x[i] * x[i])
                    .sum()),
    ROSENBROCK(
            0,
            x -> IntStream.range(0, x.length - 1)
                    .mapToDouble(i -> 100 * Math.pow(x[i] * x[i] - x[i + 1], 2) + Math.pow(x[i] - 1, 2))
                    .sum());

    /** Where every coordinate begins. */
    final double start;

    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    final ToDoubleFunction<double[]> value;

    Objective(double start, ToDoubleFunction<double[]> value) {
        this.start = start;
        this.value = value;
    }
}
