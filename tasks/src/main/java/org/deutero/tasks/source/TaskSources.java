package org.deutero.tasks.source;

import java.util.List;
import org.deutero.options.Options;
import org.deutero.options.Registry;

/** All sources of tasks, the library's and those of plug-ins. */
public final class TaskSources {
    private TaskSources() {}

    private static Registry<NamedSource> registry() {
        return Registry.of("task source", TaskSourceProvider.class, TaskSourceProvider::sources, NamedSource::name);
    }

    /** Their names. */
    public static List<String> names() {
        return registry().names();
    }

    /** Reads the {@code tasks} section of a recipe. @throws OptionsException for a source, key or value that does not fit */
    public static TaskSettings of(Options o) {
        Registry<NamedSource> registry = registry();
        String name = o.choice("source", "omniglot", registry.names(), "where tasks come from");
        return registry.named(name).orElseThrow().reader().apply(o);
    }
}
