package org.deutero.experiment.source;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.methods.NetworkOptions;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.disguise.DisguiseSettings;
import org.deutero.tasks.key.KeyedSettings;
import org.deutero.tasks.pictures.ImageSettings;
import org.deutero.tasks.source.SequenceSettings;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.TaskSources;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.training.FitSettings;
import org.deutero.tasks.training.ProblemMixture;
import org.deutero.tasks.training.ProblemSettings;

/** The {@code tasks} section of a recipe: a source, and what can be made of pictures whatever source they are from. */
public final class TaskSection {
    private static final String ALSO = "also";

    private TaskSection() {}

    /**
     * Reads the section.
     *
     * @param learners where to find a learner that the section names
     */
    public static TaskSettings of(Options o, LearnerLookup learners) {
        TaskSettings given = TaskSources.of(o);
        if (given instanceof WorldSettings worlds) {
            return DisguiseSettings.of(o, worlds);
        }
        TaskSettings tasks = given instanceof ImageSettings pictures ? pictures(o, pictures, learners) : given;
        TaskSettings made = o.has("problem")
                ? FitSettings.of(o.section("problem"), tasks, NetworkOptions::classifier)
                : KeyedSettings.of(o, tasks);
        return o.has(ALSO) ? mixture(o, made, learners) : made;
    }

    /** A family of problems and those of another section, which may name more. */
    private static TaskSettings mixture(Options o, TaskSettings made, LearnerLookup learners) {
        TaskSettings others = of(o.section(ALSO), learners);
        if (!(made instanceof ProblemSettings first) || !(others instanceof ProblemSettings second)) {
            throw new OptionsException(
                    o.path(ALSO) + " mixes families of problems, but these are other tasks; expected problems in both");
        }
        Map<String, ProblemSettings> families = new LinkedHashMap<>();
        families.put(String.valueOf(o.resolved().get("source")), first);
        Map<String, ProblemSettings> rest = second instanceof ProblemMixture mixture
                ? mixture.families()
                : Map.of(String.valueOf(o.section(ALSO).resolved().get("source")), second);
        rest.forEach((name, family) -> {
            String free = name;
            for (int i = 2; families.containsKey(free); i++) {
                free = name + "-" + i;
            }
            families.put(free, family);
        });
        return new ProblemMixture(families);
    }

    private static TaskSettings pictures(Options o, ImageSettings pictures, LearnerLookup learners) {
        TaskSettings tasks = EmbeddedSettings.of(o, pictures, learners);
        boolean sequence = o.flag(
                "sequence",
                false,
                "whether support items come in random order, to be labelled one after the other: shot is then how"
                        + " often a class appears");
        return sequence ? SequenceSettings.of(tasks) : tasks;
    }
}
