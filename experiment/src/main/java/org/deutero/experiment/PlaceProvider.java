package org.deutero.experiment;

import java.util.List;
import org.deutero.options.Provider;
import org.deutero.options.Registry;

/** Opens clusters; found by {@link java.util.ServiceLoader}. The module {@code spark} has one. */
public interface PlaceProvider extends Provider {
    /** The name of its engine. */
    String engine();

    /** How its masters are written, for messages, such as {@code local[2] or spark://HOST:PORT}. */
    String masters();

    /** Whether a text is one of its masters. */
    boolean takes(String master);

    /**
     * Opens a place.
     *
     * @param experiment whose jobs it does
     * @param listener is told in lines how it goes
     * @throws org.deutero.experiment.base.UserException in one sentence, if there is nobody to work
     */
    Place open(String master, Experiment experiment, RunListener listener);

    /** What comes with the program or its plug-ins. */
    static List<PlaceProvider> all() {
        return Registry.of("place", PlaceProvider.class, List::of, PlaceProvider::engine)
                .all();
    }
}
