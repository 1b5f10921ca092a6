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

    /** The one of this name. */
    public static Optional<Measure<Episodes>> named(String name) {
        return registry().named(name);
    }
}
