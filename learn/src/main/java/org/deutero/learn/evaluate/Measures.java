package org.deutero.learn.evaluate;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Registry;
import org.deutero.tasks.Episodes;

/** All measures, the library's and those of plug-ins. */
public final class Measures {
    private Measures() {}

    private static Registry<Measure<Episodes>> registry() {
        return Registry.of("measure", MeasureProvider.class, MeasureProvider::measures, Measure::name);
    }

    /** Their names. */
    public static List<String> names() {
        return registry().names();
    }

    /** Names of those that are not the library's own. */
    public static List<String> ofPlugins() {
        List<String> own =
                new BuiltInMeasures().measures().stream().map(Measure::name).toList();
        return names().stream().filter(name -> !own.contains(name)).toList();
    }

    /** The one of this name. */
    public static Optional<Measure<Episodes>> named(String name) {
        return registry().named(name);
    }
}
