package org.deutero.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.LoadedLearner;
import org.deutero.experiment.report.ComparisonData.Point;
import org.deutero.learn.capability.CarriedState;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.EpisodeSampler;

/**
 * A run measured with other numbers of shots and of ways than its own.
 *
 * @param tasks test tasks of each point
 * @param workers do the work
 */
record Conditions(int tasks, Workers workers) {
    private static final List<Integer> SHOTS = List.of(1, 2, 3, 5, 7, 10);
    private static final List<Integer> WAYS = List.of(2, 5, 10, 20);
    private static final int MOST_SHOTS = 10;
    private static final int WAY_QUERIES = 5;

    /** By shots, as many as the data allow; empty for streams. All points have the same number of queries. */
    List<Point> byShots(Contender<Episodes> run) {
        List<Point> points = new ArrayList<>();
        if (run.tasks() instanceof EpisodeSampler sampler) {
            int way = run.experiment().tasks().shape().outputs();
            int spare = sampler.smallestClass() - MOST_SHOTS;
            int queries = Math.min(sampler.queries(), Math.max(spare, (sampler.smallestClass() + 1) / 2));
            for (int shot : SHOTS) {
                if (shot + queries <= sampler.smallestClass() && way * shot <= longest(run.trained())) {
                    points.add(point(shot, run, run.trained(), sampler.of(way, shot, queries)));
                }
            }
        } else if (!run.experiment().tasks().shape().classification()) {
            for (int shot : SHOTS) {
                Experiment other = run.under(List.of("tasks.shot=" + shot));
                points.add(point(
                        shot,
                        run,
                        run.trained().with(other.learner()),
                        other.tasks().load().test()));
            }
        }
        return points;
    }

    /** By ways; empty for a regression, and for a network with one output a class. */
    List<Point> byWays(Contender<Episodes> run) {
        List<Point> points = new ArrayList<>();
        if (run.tasks() instanceof EpisodeSampler sampler) {
            int own = run.experiment().tasks().shape().outputs();
            TreeSet<Integer> ways = new TreeSet<>(WAYS);
            ways.add(own);
            ways.removeIf(way -> way > sampler.choices());
            int shot = sampler.shot();
            for (int way : ways) {
                Experiment other = run.under(List.of("tasks.way=" + way, "tasks.train-way=" + way));
                LoadedLearner<Episodes> trained = run.trained().with(other.learner());
                if (trained.misfit().isPresent()) {
                    return List.of();
                }
                if (way * shot <= longest(trained)) {
                    int queries = Math.min(sampler.queries(), WAY_QUERIES);
                    points.add(point(way, run, trained, sampler.of(way, shot, queries)));
                }
            }
        }
        return points;
    }

    /** The most examples that a learner can be told. */
    private static int longest(LoadedLearner<Episodes> trained) {
        return trained.learner()
                .as(CarriedState.class)
                .map(CarriedState::longest)
                .orElse(Integer.MAX_VALUE);
    }

    private Point point(int x, Contender<Episodes> run, LoadedLearner<Episodes> trained, TaskSource<Episodes> source) {
        Summary summary = run.evaluator(source, tasks)
                .atEnd(trained.learner(), trained.state(), workers)
                .last();
        return new Point(x, summary.mean(), summary.interval(), summary.diverged());
    }
}
