package org.deutero.experiment.incontext;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.incontext.StateSizePicture.Point;

/** Trains learners of several architectures and sizes on tasks that are new all the time, and tells how well each of them learns. */
public final class StateSizeStudy {
    private static final List<String> NEW_TASKS = List.of("tasks.number=0", "tasks.test-parts=[]");

    private StateSizeStudy() {}

    /**
     * Trains what is not trained yet, and draws.
     *
     * @param watcher is told how far it is
     * @throws UserException if the folder holds other runs, or the recipe learns something else
     */
    public static StateSizePicture of(
            StudySettings settings, List<LearnerSize> learners, StudyWatcher<StateSizePicture> watcher) {
        Map<LearnerSize, List<PictureRun>> runs = new LinkedHashMap<>();
        for (LearnerSize learner : learners) {
            runs.put(
                    learner,
                    settings.seeds().stream()
                            .map(seed -> settings.run(learner.folder(), learner::in, NEW_TASKS, seed))
                            .toList());
        }
        if (runs.isEmpty()) {
            throw UserException.usage("the picture needs a learner");
        }
        Experiment first = runs.values().iterator().next().get(0).experiment();
        Measured.sequences(first);
        Conditions conditions = PhaseStudy.conditions(first, settings);
        List<StateSizePicture> last = new ArrayList<>();
        new PictureRuns<>(settings, runs).carryOut(watcher, measured -> {
            StateSizePicture picture = picture(measured, conditions);
            last.clear();
            last.add(picture);
            watcher.drawn(picture);
        });
        return last.get(0);
    }

    private static StateSizePicture picture(Map<LearnerSize, List<Measured>> measured, Conditions conditions) {
        List<Point> points = new ArrayList<>();
        measured.forEach((learner, seeds) -> {
            Map<String, Positions> others = new TreeMap<>();
            for (String name : seeds.get(0).parts().keySet()) {
                others.put(name, PhaseStudy.mean(seeds, m -> m.parts().get(name)));
            }
            points.add(new Point(
                    learner,
                    seeds.get(0).parameters(),
                    seeds.get(0).state(),
                    PhaseStudy.mean(seeds, Measured::test),
                    others));
        });
        return new StateSizePicture(points, 1.0 / conditions.way(), conditions);
    }
}
