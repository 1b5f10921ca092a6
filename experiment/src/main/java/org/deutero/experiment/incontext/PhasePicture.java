package org.deutero.experiment.incontext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What learners do by the number of tasks that they were meta-trained on.
 *
 * @param points by the number of tasks, ascending
 * @param chance share of right answers of a guess
 * @param conditions under which they were trained and measured
 */
public record PhasePicture(List<Point> points, double chance, Conditions conditions) {
    /** Copies the list. */
    public PhasePicture {
        points = List.copyOf(points);
    }

    /**
     * Learners of one number of tasks.
     *
     * @param tasks of meta-training
     * @param seen tasks of meta-training
     * @param unseen other tasks, on images that are held out
     * @param others tasks of other sets of images, by name
     * @param phase that they are in
     */
    public record Point(long tasks, Positions seen, Positions unseen, Map<String, Positions> others, Phase phase) {}

    /**
     * Neighbouring points of one phase.
     *
     * @param phase of all of them
     * @param points ascending, at least one
     */
    public record Region(Phase phase, List<Point> points) {
        /** The least number of tasks. */
        public long from() {
            return points.get(0).tasks();
        }

        /** The greatest. */
        public long to() {
            return points.get(points.size() - 1).tasks();
        }
    }

    /** Runs of neighbouring points of one phase, from left to right. */
    public List<Region> regions() {
        List<Region> regions = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= points.size(); i++) {
            if (i == points.size() || points.get(i).phase() != points.get(from).phase()) {
                regions.add(new Region(points.get(from).phase(), points.subList(from, i)));
                from = i;
            }
        }
        return regions;
    }
}
