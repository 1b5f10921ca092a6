package org.deutero.methods;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Registry;

/** All systems that can be trained, the library's and those of plug-ins. */
public final class Methods {
    private Methods() {}

    private static Registry<Method> registry() {
        return Registry.of("method", MethodProvider.class, MethodProvider::methods, Method::name);
    }

    /** All of them. */
    public static List<Method> all() {
        return registry().all();
    }

    /** Their names. */
    public static List<String> names() {
        return registry().names();
    }

    /** The one of this name. */
    public static Optional<Method> named(String name) {
        return registry().named(name);
    }
}
