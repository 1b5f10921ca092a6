package org.deutero.experiment.incontext;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.incontext.PhasePicture.Point;
import org.deutero.experiment.recipe.RecipeFile;

/** Trains a learner for each of some numbers of tasks, and tells what each of them does. */
public final class PhaseStudy {
    private static final String SEEN = "seen";

    private PhaseStudy() {}

    /**
     * Trains what is not trained yet, and draws.
     *
     * @param numbers of tasks, in any order
     * @param watcher is told how far it is
     * @throws UserException if the folder holds other runs, or the recipe learns something else
     */
    public static PhasePicture of(StudySettings settings, List<Long> numbers, StudyWatcher<PhasePicture> watcher) {
        Map<Long, List<PictureRun>> runs = new LinkedHashMap<>();
        for (long number : new TreeSet<>(numbers)) {
            if (number < 1) {
                throw UserException.usage("numbers of tasks are at least 1, not " + number);
            }
            List<String> own = List.of("tasks.number=" + number, "tasks.test-parts=[" + SEEN + "]");
            runs.put(
                    number,
                    settings.seeds().stream()
                            .map(seed -> settings.run("tasks-" + number, UnaryOperator.identity(), own, seed))
                            .toList());
        }
        if (runs.isEmpty()) {
            throw UserException.usage("the picture needs a number of tasks");
        }
        Experiment first = runs.values().iterator().next().get(0).experiment();
        Measured.sequences(first);
        Conditions conditions = conditions(first, settings);
        List<PhasePicture> last = new ArrayList<>();
        new PictureRuns<>(settings, runs).carryOut(watcher, measured -> {
            PhasePicture picture = picture(measured, conditions);
            last.clear();
            last.add(picture);
            watcher.drawn(picture);
        });
        return last.get(0);
    }

    private static PhasePicture picture(Map<Long, List<Measured>> measured, Conditions conditions) {
        double chance = 1.0 / conditions.way();
        List<Point> points = new ArrayList<>();
        measured.forEach((number, seeds) -> {
            Positions seen = mean(seeds, m -> m.parts().get(SEEN));
            Positions unseen = mean(seeds, Measured::test);
            Map<String, Positions> others = new TreeMap<>();
            for (String name : seeds.get(0).parts().keySet()) {
                if (!name.equals(SEEN)) {
                    others.put(name, mean(seeds, m -> m.parts().get(name)));
                }
            }
            points.add(new Point(number, seen, unseen, others, Phase.of(seen, unseen, chance)));
        });
        return new PhasePicture(points, chance, conditions);
    }

    static Positions mean(List<Measured> seeds, Function<Measured, Positions> of) {
        return Positions.over(seeds.stream().map(of).toList());
    }

    static Conditions conditions(Experiment experiment, StudySettings settings) {
        Object tasks = experiment.resolved().get("tasks");
        Map<?, ?> section = tasks instanceof Map<?, ?> map ? map : Map.of();
        return new Conditions(
                settings.recipe(),
                RecipeFile.toYaml(experiment.resolved()),
                String.valueOf(section.get("images")),
                Measured.shape(experiment).orElseThrow().outputs(),
                section.get("length") instanceof Integer length ? length : 0,
                experiment.measurement().firstCounted(),
                experiment.schedule().iterations(),
                settings.sequences(),
                settings.seeds());
    }
}
