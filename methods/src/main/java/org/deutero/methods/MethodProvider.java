package org.deutero.methods;

import java.util.List;
import org.deutero.options.Provider;

/** Brings systems that recipes can train; see {@link Provider} for how it is found. */
public interface MethodProvider extends Provider {
    /** The systems, in the order of listings. */
    List<Method> methods();
}
