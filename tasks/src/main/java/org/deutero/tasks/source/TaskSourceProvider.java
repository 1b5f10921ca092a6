package org.deutero.tasks.source;

import java.util.List;
import org.deutero.options.Provider;

/** Brings sources of tasks; see {@link Provider} for how it is found. */
public interface TaskSourceProvider extends Provider {
    /** The sources, in the order of listings. */
    List<NamedSource> sources();
}
