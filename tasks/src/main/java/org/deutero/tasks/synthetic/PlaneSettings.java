package org.deutero.tasks.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Classification of points of the plane.
 *
 * @param train tasks to meta-train on
 * @param validation the same families with the test's numbers of points
 * @param test families that meta-training has not seen, unless the recipe says otherwise
 */
public record PlaneSettings(PlaneTasks train, PlaneTasks validation, PlaneTasks test) implements TaskSettings {
    private static final List<String> FAMILIES = Arrays.stream(Plane.values())
            .map(p -> p.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();

    /** Reads the keys. */
    public static PlaneSettings of(Options o) {
        int way = o.integer("way", 2, 2, 1000, "classes in a task; more than 2 for blobs only");
        int support = o.integer("support", 1280, 1, 10_000_000, "points of a task's stream, to learn from");
        int queries = o.integer("queries", 200, 1, 1_000_000, "points to be judged on");
        int trainSupport = o.integer("train-support", support, 1, 10_000_000, "the same in meta-training");
        int trainQueries = o.integer("train-queries", queries, 1, 1_000_000, "the same in meta-training");
        List<Plane> families =
                families(o, "train-families", List.of("xor", "and", "two-moon", "circle"), "to train on", way);
        List<Plane> unseen =
                families(o, "families", List.of("or", "nxor", "pie", "cross", "triangle"), "of the test tasks", way);
        return new PlaneSettings(
                new PlaneTasks(families, way, trainSupport, trainQueries),
                new PlaneTasks(families, way, support, queries),
                new PlaneTasks(unseen, way, support, queries));
    }

    @SuppressWarnings("EnumOrdinal") // FAMILIES are their names in this order
    private static List<Plane> families(Options o, String key, List<String> standard, String what, int way) {
        List<Plane> families =
                o.texts(key, standard, "families of tasks " + what + ": " + String.join(", ", FAMILIES)).stream()
                        .map(name -> {
                            int i = FAMILIES.indexOf(name);
                            if (i < 0) {
                                throw new OptionsException(o.path(key) + ": there is no family \"" + name
                                        + "\" (families: " + String.join(", ", FAMILIES) + ")");
                            }
                            return Plane.values()[i];
                        })
                        .toList();
        if (families.isEmpty()) {
            throw new OptionsException(o.path(key) + " is empty, but expected at least one family");
        }
        for (Plane family : families) {
            if (family.classes() < way) {
                throw new OptionsException(o.path("way") + " is " + way + ", but " + FAMILIES.get(family.ordinal())
                        + ", a family of " + o.path(key) + ", has " + family.classes() + " classes, not " + way);
            }
        }
        return families;
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.classes(2, test.way());
    }

    @Override
    public int trainWay() {
        return train.way();
    }

    @Override
    public int supportSize() {
        return test.support();
    }

    @Override
    public int convenientShard() {
        return 50;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        TaskSource<Episodes> unseen = test;
        return new TaskSet(train, Optional.of(validation), unseen, unseen, Optional.empty());
    }
}
