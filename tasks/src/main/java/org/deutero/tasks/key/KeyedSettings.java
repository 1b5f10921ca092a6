package org.deutero.tasks.key;

import java.util.List;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.ForwardingSettings;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.SetSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Episodes of another source, scrambled by label keys in meta-training; validation and test are as they were.
 *
 * @param tasks the source
 * @param key how labels are scrambled
 */
public record KeyedSettings(TaskSettings tasks, LabelKey key) implements ForwardingSettings {
    private static final String NONE = "none";
    private static final String PERMUTE = "permute";
    private static final String DIMENSIONS = "dimensions";

    /** The same tasks, scrambled if the section asks for it. */
    public static TaskSettings of(Options o, TaskSettings tasks) {
        if (!tasks.takesLabelKeys()) {
            return tasks;
        }
        TaskShape shape = tasks.shape();
        String name = o.choice(
                "label-key",
                NONE,
                names(shape),
                "how each task of meta-training scrambles its labels, so that they cannot be memorised: permute classes; for numbers add an offset, also on a circle, scale, or permute dimensions");
        return name.equals(NONE)
                ? tasks
                : SetSettings.checked(
                        o,
                        () -> new KeyedSettings(tasks, key(o, name, tasks.period())),
                        "label-key",
                        "label-key-range",
                        "label-key-values");
    }

    private static List<String> names(TaskShape shape) {
        if (shape.classification()) {
            return List.of(NONE, PERMUTE);
        }
        return shape.outputs() > 1
                ? List.of(NONE, "offset", "circular", "scale", DIMENSIONS)
                : List.of(NONE, "offset", "circular", "scale");
    }

    private static LabelKey key(Options o, String name, double standardPeriod) {
        return switch (name) {
            case PERMUTE -> new LabelKey.Permute();
            case DIMENSIONS -> new LabelKey.Dimensions();
            case "offset" -> new LabelKey.Offset(values(o, -1, 1, false));
            case "scale" -> new LabelKey.Scale(values(o, 0, 2, false));
            default -> {
                double period = o.positive("label-key-period", standardPeriod, "after which targets begin again");
                yield new LabelKey.Circular(values(o, 0, period, true), period);
            }
        };
    }

    private static KeyValues values(Options o, double low, double high, boolean circle) {
        List<Double> ends = o.numbers("label-key-range", List.of(low, high), "least and greatest key");
        if (ends.size() != 2) {
            throw new OptionsException(o.path("label-key-range") + " is " + ends
                    + ", but a range has two numbers, such as [" + low + ", " + high + "]");
        }
        int number = o.integer(
                "label-key-values",
                0,
                0,
                1_000_000,
                "how many equally spaced keys there are in the range, both ends included unless it is a circle; 0 for any number");
        return new KeyValues(ends.get(0), ends.get(1), number, circle);
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return tasks.offers().stream()
                .<Offer<?, ?>>map(offer -> offer instanceof OrderedEpisodes ? new OrderedEpisodes(this) : offer)
                .toList();
    }

    /** One key is enough. */
    @Override
    public boolean takesLabelKeys() {
        return false;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        TaskSet set = tasks.load(listener);
        return new TaskSet(
                new Keyed(set.train(), key),
                set.validation(),
                set.test(),
                set.illustration(),
                set.images(),
                set.bySize());
    }
}
