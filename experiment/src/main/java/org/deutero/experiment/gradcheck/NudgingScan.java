package org.deutero.experiment.gradcheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deutero.experiment.Experiment;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.learn.gradient.adjoint.Phases;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.learn.gradient.solver.NeumannSeries;
import org.deutero.options.OptionsException;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * The error of contrastive estimates by the strength of nudging and the length of phases, against the implicit gradient at the settled minimum, beside what theory expects of it.
 */
public final class NudgingScan {
    /** The label of curves whose phases end at minima. */
    public static final String SETTLED = "settled";

    /** The most weights for which the exact system is solved directly. */
    private static final int DENSE = 300;
    /** Conjugate gradients to rounding for more. */
    private static final LinearSolver TO_ROUNDING = new ConjugateGradient(5000, 1e-28);

    /** Newton's steps to the minimum from where learning ends, through curvature of any sign. */
    private static final int FAR = 2000;

    private static final int POWER_ITERATIONS = 30;

    private final List<Accuracy> accuracies;
    private final Accuracy own;
    private final double ownStrength;
    private final List<Double> strengths;
    private final Consumer<String> progress;

    private final List<Curve> curves = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private Params exact;
    private double size;
    private int done;
    private long started;

    /**
     * A recipe's scan: its phases, a quarter as long, and four times.
     *
     * @param experiments by changed values of the recipe, {@code key=value}
     * @param tasks in the batch
     * @param strengths any order
     */
    public static NudgingScan of(
            Function<List<String>, Experiment> experiments,
            TaskSet data,
            int tasks,
            List<Double> strengths,
            Consumer<String> progress) {
        PhaseLengths lengths = new PhaseLengths(experiments, data, tasks);
        Accuracy own = lengths.times("the recipe's", 1);
        return new NudgingScan(
                List.of(lengths.times("a quarter", 0.25), own, lengths.times("fourfold", 4)),
                own,
                lengths.strength(),
                strengths.stream().distinct().sorted().toList(),
                progress);
    }

    /**
     * Nothing is run yet.
     *
     * @param accuracies lengths of phases, beside which settled ones are always scanned
     * @param own the recipe's
     * @param ownStrength near which the lag of nudged phases is measured
     * @param strengths ascending
     * @param progress hears of each strength in a line
     */
    NudgingScan(
            List<Accuracy> accuracies,
            Accuracy own,
            double ownStrength,
            List<Double> strengths,
            Consumer<String> progress) {
        this.accuracies = List.copyOf(accuracies);
        this.own = own;
        this.ownStrength = ownStrength;
        this.strengths = List.copyOf(strengths);
        this.progress = progress;
    }

    /**
     * One curve.
     *
     * @param accuracy label of the phases' length
     * @param expected what theory expects
     * @param points by strength, ascending
     */
    public record Curve(Contrast contrast, String accuracy, TradeOff expected, List<Point> points) {
        /** The point of the least error. */
        public Optional<Point> best() {
            return points.stream()
                    .filter(p -> Double.isFinite(p.error()))
                    .min((a, b) -> Double.compare(a.error(), b.error()));
        }
    }

    /**
     * One estimate.
     *
     * @param beta strength
     * @param error |g - g*| / |g*|; NaN where a phase ran away
     */
    public record Point(double beta, double error) {}

    /**
     * What was found.
     *
     * @param curves contrast by contrast, the shortest phases first, settled ones last
     * @param references errors of implicit estimators at the end of the recipe's own free phase
     * @param gaps which phases ran away, in sentences
     */
    public record Result(List<Curve> curves, Map<String, Double> references, List<String> gaps) {}

    /** Scans. @throws OptionsException if implicit differentiation has no meaning here, or no minimum is found */
    @SuppressWarnings("try") // the scope works by being open
    public Result run() {
        started = System.nanoTime();
        try (Scope s = Scope.open()) {
            Phases<?> phases = own.phases();
            Params end = phases.free();
            // Refuses a learner whose theta is out of reach, before anything takes long.
            Params first = phases.implicit(new NeumannSeries(0, 1), end);
            Phases.Minimum minimum = phases.settled(end, 0, FAR);
            if (!minimum.settled()) {
                throw new OptionsException("the inner loss of " + minimum.unsettled()
                        + " tasks has no minimum that Newton's method finds from where the recipe's free phase ends (relative gradient "
                        + Units.error(minimum.gradient()) + "); expected a smooth loss that holds the weights");
            }
            exact = phases.implicit(phases.weights() <= DENSE ? new DenseSolve(DENSE) : TO_ROUNDING, minimum.phi());
            size = exact.norm();
            if (!(size > 0)) {
                throw new OptionsException("the implicit gradient is zero here, so there is no relative error");
            }
            progress.accept("The exact gradient is known: |g*| = " + Units.error(size) + ".");
            Map<String, Double> references = references(end, first);
            NavigableMap<Double, Params> settled = settled(minimum.phi());
            Differences derivatives = Differences.of(settled);
            for (Accuracy accuracy : accuracies) {
                scan(accuracy, settled, derivatives);
            }
            double rounding = distance(
                    phases.derivative(
                            phases.settled(phases.nudged(own.nudging(), end, 0), 0, FAR)
                                    .phi(),
                            0),
                    settled.get(0.0));
            add(SETTLED, settled, derivatives, rounding, rounding, 0);
            curves.sort((a, b) -> a.contrast().compareTo(b.contrast()));
            return new Result(List.copyOf(curves), references, List.copyOf(gaps));
        }
    }

    /** With as many products with the curvature as nudged phases have steps; Neumann's rate is one divided by the largest curvature. */
    private Map<String, Double> references(Params end, Params first) {
        int products = own.nudging().steps();
        double rate = 1 / own.phases().sharpness(end, POWER_ITERATIONS);
        Map<String, Double> references = new LinkedHashMap<>();
        references.put("T1-T2", distance(first, exact));
        references.put(
                "Neumann, " + products + " terms at rate " + Units.brief(rate),
                distance(own.phases().implicit(new NeumannSeries(products, rate), end), exact));
        references.put(
                "CG, at most " + products + " iterations",
                distance(own.phases().implicit(new ConjugateGradient(products, 1e-20), end), exact));
        return references;
    }

    /** h at the minima for all strengths that the free minimum can be followed to. */
    private NavigableMap<Double, Params> settled(Params minimum) {
        NavigableMap<Double, Params> h = new TreeMap<>();
        h.put(0.0, own.phases().derivative(minimum, 0));
        for (int sign : new int[] {1, -1}) {
            var path = new Continuation(own.phases(), minimum);
            for (double strength : strengths(sign)) {
                if (!path.follow(sign * strength)) {
                    gaps.add(SETTLED + ": for strengths from " + Units.brief(strength) + " on "
                            + (sign < 0 ? "L - beta F" : "L + beta F")
                            + " has no minimum that the free one leads to in " + tasks(path.lost())
                            + (sign < 0 ? "; negative phases run away there, or into another valley" : ""));
                    done += strengths(sign).tailSet(strength).size();
                    break;
                }
                h.put(sign * strength, own.phases().derivative(path.phi(), sign * strength));
                tell(SETTLED, sign * strength);
            }
        }
        return h;
    }

    /** All strengths of phases with this sign: forward differences need doubles. */
    private SortedSet<Double> strengths(int sign) {
        TreeSet<Double> all = new TreeSet<>(strengths);
        if (sign > 0) {
            strengths.forEach(beta -> all.add(2 * beta));
        }
        return all;
    }

    private void scan(Accuracy accuracy, NavigableMap<Double, Params> settled, Differences derivatives) {
        Phases<?> phases = accuracy.phases();
        NavigableMap<Double, Params> h = new TreeMap<>();
        Params calm;
        try (Scope s = Scope.open()) {
            Params end = phases.free();
            h.put(0.0, s.keep(phases.derivative(end, 0)));
            int rising = phases.rising(end);
            if (rising > 0) {
                gaps.add(accuracy.label() + ": the free phase itself does not settle in " + tasks(rising)
                        + ", where its gradient ends larger than it began");
            }
            calm = s.keep(phases.derivative(phases.nudged(accuracy.nudging(), end, 0), 0));
            double lost = Double.NaN;
            int ran = 0;
            for (double strength : strengths(1)) {
                Params positive = phases.nudged(accuracy.nudging(), end, strength);
                if (positive.allFinite()) {
                    h.put(strength, s.keep(phases.derivative(positive, strength)));
                }
                if (strengths.contains(strength)) {
                    Params negative = phases.nudged(accuracy.nudging(), end, -strength);
                    int away = phases.runaways(end, negative, positive, strength);
                    if (away == 0) {
                        h.put(-strength, s.keep(phases.derivative(negative, -strength)));
                    } else if (Double.isNaN(lost)) {
                        lost = strength;
                        ran = away;
                    }
                }
                tell(accuracy.label(), strength);
            }
            if (!Double.isNaN(lost)) {
                gaps.add(accuracy.label() + ": from a strength of " + Units.brief(lost)
                        + " on the negative phase runs away, there in " + tasks(ran)
                        + ": nothing holds the weights where L - beta F curves down");
            }
        }
        Params rest = settled.get(0.0);
        add(accuracy.label(), h, derivatives, distance(h.get(0.0), rest), distance(calm, rest), lag(h, settled, calm));
    }

    /** The error of h that nudging adds to a phase, divided by its strength, where both are known nearest the recipe's strength; 0 if nowhere. */
    @SuppressWarnings("try") // the scope works by being open
    private double lag(NavigableMap<Double, Params> h, NavigableMap<Double, Params> settled, Params calm) {
        Optional<Double> nearest = strengths.stream()
                .filter(b -> h.containsKey(b) && settled.containsKey(b))
                .min((a, b) ->
                        Double.compare(Math.abs(Math.log(a / ownStrength)), Math.abs(Math.log(b / ownStrength))));
        if (nearest.isEmpty()) {
            return 0;
        }
        double b = nearest.get();
        try (Scope s = Scope.open()) {
            Params nudged = h.get(b).sub(settled.get(b));
            return nudged.sub(calm.sub(settled.get(0.0))).norm() / size / b;
        }
    }

    /** The curves of all contrasts of phases of one length. */
    private void add(
            String label,
            NavigableMap<Double, Params> h,
            Differences derivatives,
            double free,
            double relaxed,
            double lag) {
        for (Contrast contrast : Contrast.values()) {
            TradeOff expected =
                    TradeOff.of(contrast, derivatives.second() / size, derivatives.third() / size, free, relaxed, lag);
            List<Point> points =
                    strengths.stream().map(beta -> point(contrast, beta, h)).toList();
            curves.add(new Curve(contrast, label, expected, points));
        }
    }

    @SuppressWarnings("try") // the scope works by being open
    private Point point(Contrast contrast, double beta, NavigableMap<Double, Params> h) {
        try (Scope s = Scope.open()) {
            Params sum = exact.zerosLike();
            for (Contrast.Phase phase : contrast.phases(beta)) {
                Params side = h.get(phase.strength());
                if (side == null) {
                    return new Point(beta, Double.NaN);
                }
                sum = sum.addScaled(side, phase.weight());
            }
            return new Point(beta, distance(sum, exact));
        }
    }

    /** Relative to the exact gradient. */
    @SuppressWarnings("try") // the scope works by being open
    private double distance(Params a, Params b) {
        try (Scope s = Scope.open()) {
            return a.sub(b).norm() / size;
        }
    }

    private static String tasks(int number) {
        return number + (number == 1 ? " task" : " tasks");
    }

    private void tell(String label, double strength) {
        done++;
        int positive = strengths(1).size();
        int all = positive + strengths.size() + accuracies.size() * positive;
        double left = (System.nanoTime() - started) / 1e9 / done * (all - done);
        progress.accept(done + " of " + all + ": " + label + ", strength " + (strength < 0 ? "-" : "")
                + Units.brief(Math.abs(strength)) + (done < all ? "; about " + Units.time(left) + " left" : ""));
    }
}
