package org.deutero.methods;

import java.util.List;
import org.deutero.options.Provider;

/** Brings architectures; see {@link Provider} for how it is found. */
public interface NetworkProvider extends Provider {
    /** The architectures, in the order of listings. */
    List<NamedNetwork> networks();

    /** Those that can end in feature maps, in the order of listings. */
    default List<NamedMaps> maps() {
        return List.of();
    }
}
