package org.deutero.experiment.gradcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Seeds;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.gradient.EvoGrad;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * EvoGrad's one-dimensional illustration (Bohdal, Yang, Hospedales 2021, section 3.2): a number x is trained on L = (x - 1)^2 + theta x^2 and judged by F = (x - 1/2)^2. At the optimum x* = 1 / (1 + theta) the exact hyper-gradient is (theta - 1) / (theta + 1)^3, and theta = 1 is best.
 *
 * <p>Trials are tasks, so that thousands are one batch. All numbers are float64.
 *
 * @param sigma deviation of copies; 1 in the paper
 * @param tau temperature; 0.5 in the paper
 * @param seed of everything random
 */
public record OneDimension(double sigma, double tau, long seed) {
    private static final int CHUNK = 200_000;

    /**
     * Estimates of the hyper-gradient around many x ~ N(0, 1).
     *
     * @param copies of the population
     * @param theta where
     * @param mean over trials
     * @param deviation over trials
     */
    public record Point(int copies, double theta, double mean, double deviation) {
        /** The exact hyper-gradient at the optimum. */
        public double exact() {
            return OneDimension.exact(theta);
        }
    }

    /**
     * Where x and theta went.
     *
     * @param x after each step, the start included
     * @param theta after each step
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Path(double[] x, double[] theta) {}

    /** The illustration as published. */
    public static OneDimension published(long seed) {
        return new OneDimension(1, 0.5, seed);
    }

    /** The exact hyper-gradient at the optimum of x. */
    public static double exact(double theta) {
        return (theta - 1) / Math.pow(theta + 1, 3);
    }

    /** x where the support set says, and theta. */
    private record Parabola() implements GradientLearner<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("theta", Tensors.zeros(DType.FLOAT64, 1));
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return Params.of("x", tasks.supportX().reshape(-1, 1));
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            Tensor x = phi.get("x");
            Tensor strength = context.forTasks(theta, tasks.size()).get("theta");
            return x.sub(1).square().add(x.square().mul(strength)).sum(1);
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(phi);
        }

        @Override
        public int steps(Episodes tasks) {
            return 1;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return phi.get("x").sub(0.5).square().sum(1);
        }
    }

    private EvoGrad population(int copies) {
        return new EvoGrad(copies, sigma, tau, EvoGrad.Noise.NORMAL, false);
    }

    /** One estimate for each x, at a theta of its own. */
    private double[] estimates(int copies, double[] x, double[] theta, long draw) {
        try (Scope s = Scope.open()) {
            int n = x.length;
            Tensor start = Tensor.of(x, n, 1, 1);
            return population(copies)
                    .estimate(new Lifetime<>(
                            new Parabola(),
                            Params.of("theta", Tensor.of(theta, n, 1)),
                            new Episodes(start, start, start, start, 0),
                            TaskContext.training(draw, 1, Params.EMPTY, observed -> {})
                                    .withOwnTheta()))
                    .gradient()
                    .get("theta")
                    .doubles();
        }
    }

    /** Mean and deviation of estimates at a theta. */
    public Point point(int copies, double theta, int trials) {
        RandomGenerator rng = Seeds.generator(seed, "x", copies, Math.round(theta * 1e6));
        double sum = 0;
        double squares = 0;
        int each = Math.max(1, CHUNK / copies);
        for (int from = 0; from < trials; from += each) {
            int n = Math.min(each, trials - from);
            double[] x =
                    IntStream.range(0, n).mapToDouble(i -> rng.nextGaussian()).toArray();
            double[] thetas = IntStream.range(0, n).mapToDouble(i -> theta).toArray();
            for (double g : estimates(copies, x, thetas, rng.nextLong())) {
                sum += g;
                squares += g * g;
            }
        }
        double mean = sum / trials;
        return new Point(copies, theta, mean, Math.sqrt(squares / trials - mean * mean));
    }

    /**
     * Joint descent: in every step first x follows the gradient of L, then theta the estimate around the new x, and stays at 0 or above, since L has no minimum where theta is below -1.
     *
     * @param copies of the population; 0 for the exact hyper-gradient at the optimum
     * @param repetitions that differ by chance only
     */
    public List<Path> descend(int copies, double x0, double theta0, double rate, int steps, int repetitions) {
        SplittableRandom rng = new SplittableRandom(Seeds.branch(seed, "descent", copies));
        double[] x = IntStream.range(0, repetitions).mapToDouble(i -> x0).toArray();
        double[] theta =
                IntStream.range(0, repetitions).mapToDouble(i -> theta0).toArray();
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            paths.add(new Path(new double[steps + 1], new double[steps + 1]));
        }
        for (int t = 0; t <= steps; t++) {
            for (int i = 0; i < repetitions; i++) {
                paths.get(i).x()[t] = x[i];
                paths.get(i).theta()[t] = theta[i];
                x[i] -= rate * (2 * (x[i] - 1) + 2 * theta[i] * x[i]);
            }
            double[] g = copies == 0
                    ? IntStream.range(0, repetitions)
                            .mapToDouble(i -> exact(theta[i]))
                            .toArray()
                    : estimates(copies, x, theta, rng.nextLong());
            for (int i = 0; i < repetitions; i++) {
                theta[i] = Math.max(0, theta[i] - rate * g[i]);
            }
        }
        return List.copyOf(paths);
    }
}
