package org.deutero.experiment.source;

import org.deutero.options.Options;
import org.deutero.tasks.disguise.DisguiseSettings;
import org.deutero.tasks.key.KeyedSettings;
import org.deutero.tasks.pictures.ImageSettings;
import org.deutero.tasks.source.SequenceSettings;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.TaskSources;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.training.FitSettings;

/** The {@code tasks} section of a recipe: a source, and what can be made of pictures whatever source they are from. */
public final class TaskSection {
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
        return o.has("problem") ? FitSettings.of(o.section("problem"), tasks) : KeyedSettings.of(o, tasks);
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
