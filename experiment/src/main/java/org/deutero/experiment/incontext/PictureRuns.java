package org.deutero.experiment.incontext;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries out the trainings of a picture, those of each of its points together.
 *
 * @param settings of all
 * @param runs by point, in the order in which they are carried out
 * @param <K> names a point
 */
record PictureRuns<K>(StudySettings settings, Map<K, List<PictureRun>> runs) {
    /**
     * Trains whatever is not done, and measures.
     *
     * @param watcher is told how far it is
     * @param drawn is given all points so far, after each that took any training and at the end
     */
    void carryOut(StudyWatcher<?> watcher, Consumer<Map<K, List<Measured>>> drawn) {
        // All of them before any work, so that a folder with other runs is told at once.
        Map<PictureRun, Boolean> done = new LinkedHashMap<>();
        runs.values().forEach(seeds -> seeds.forEach(run -> done.put(run, run.done(settings.folder()))));
        int finished = (int) done.values().stream().filter(yes -> yes).count();
        watcher.begins(done.size() - finished, finished);
        Map<K, List<Measured>> points = new LinkedHashMap<>();
        int left = runs.size();
        for (Map.Entry<K, List<PictureRun>> point : runs.entrySet()) {
            boolean any = false;
            for (PictureRun run : point.getValue()) {
                if (!done.get(run)) {
                    run.carryOut(settings.folder(), watcher.training(run.name()));
                    watcher.trained(run.name());
                    any = true;
                }
            }
            points.put(
                    point.getKey(),
                    point.getValue().stream()
                            .map(run -> Measured.of(run.folder(settings.folder()), settings.sequences()))
                            .toList());
            left--;
            if (any || left == 0) {
                drawn.accept(points);
            }
        }
    }
}
