package org.deutero.experiment.incontext;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How well learners of several architectures and sizes learn, beside the size of what they carry on and the number of their parameters.
 *
 * @param points one a learner
 * @param chance share of right answers of a guess
 * @param conditions under which they were trained and measured
 */
public record StateSizePicture(List<Point> points, double chance, Conditions conditions) {
    /** Numbers of parameters are about equal within this factor. */
    public static final double ABOUT = 1.25;

    /** Copies the list. */
    public StateSizePicture {
        points = List.copyOf(points);
    }

    /**
     * A learner.
     *
     * @param learner which
     * @param parameters meta-parameters
     * @param state numbers carried on at the end of a sequence
     * @param unseen tasks, on images that are held out
     * @param others tasks of other sets of images, by name
     */
    public record Point(
            LearnerSize learner, long parameters, long state, Positions unseen, Map<String, Positions> others) {
        double late() {
            return unseen.late().mean();
        }
    }

    /**
     * Learners with about equally many parameters, the one that is worst at unseen tasks first.
     *
     * @param members at most one of each architecture
     */
    public record Matched(List<Point> members) {
        /** Whether a member is better than the one before by more than the intervals of both allow. */
        public boolean apart(int member) {
            Figure worse = members.get(member - 1).unseen().late();
            Figure better = members.get(member).unseen().late();
            return better.mean() - worse.mean() > Math.hypot(known(worse.interval()), known(better.interval()));
        }

        private static double known(double interval) {
            return Double.isFinite(interval) ? interval : 0;
        }
    }

    /** For each transformer, the nearest of each other architecture by number of parameters, if it is near enough. */
    public List<Matched> matched() {
        List<Matched> all = new ArrayList<>();
        for (Point point : points) {
            if (point.learner().architecture().equals("transformer")) {
                List<Point> members = new ArrayList<>(List.of(point));
                points.stream()
                        .map(p -> p.learner().architecture())
                        .distinct()
                        .filter(name -> !name.equals("transformer"))
                        .forEach(name -> points.stream()
                                .filter(p -> p.learner().architecture().equals(name))
                                .min(Comparator.comparingDouble(p -> distance(p, point)))
                                .filter(p -> distance(p, point) <= Math.log(ABOUT))
                                .ifPresent(members::add));
                if (members.size() > 1) {
                    members.sort(Comparator.comparingDouble(Point::late));
                    all.add(new Matched(List.copyOf(members)));
                }
            }
        }
        return all;
    }

    /** Whether LSTM, outer-product LSTM and transformer stand in this order, each apart from the one before, wherever all three have about equally many parameters; not if they never have. */
    public boolean asPublished() {
        List<String> order = List.of("lstm", "outer-product", "transformer");
        List<Matched> all = matched().stream()
                .map(m -> new Matched(m.members().stream()
                        .filter(p -> order.contains(p.learner().architecture()))
                        .toList()))
                .filter(m -> m.members().size() == order.size())
                .toList();
        return !all.isEmpty()
                && all.stream()
                        .allMatch(m -> m.members().stream()
                                        .map(p -> p.learner().architecture())
                                        .toList()
                                        .equals(order)
                                && m.apart(1)
                                && m.apart(2));
    }

    private static double distance(Point a, Point b) {
        return Math.abs(Math.log(a.parameters() / (double) b.parameters()));
    }

    /** Rank correlation (Spearman's) of the late accuracy with the size of the state. */
    public double byState() {
        return correlation(Point::state);
    }

    /** The same with the number of parameters. */
    public double byParameters() {
        return correlation(Point::parameters);
    }

    private double correlation(ToDoubleFunction<Point> size) {
        return Ranks.correlation(
                points.stream().mapToDouble(size).toArray(),
                points.stream().mapToDouble(Point::late).toArray());
    }
}
