package org.deutero.learn.evaluate;

import java.util.List;
import org.deutero.options.Provider;
import org.deutero.tasks.Episodes;

/** Brings measures; see {@link Provider} for how it is found. */
public interface MeasureProvider extends Provider {
    /** The measures, in the order of listings. */
    List<Measure<Episodes>> measures();
}
