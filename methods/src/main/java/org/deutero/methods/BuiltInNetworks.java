package org.deutero.methods;

import java.util.List;

/** The architectures of {@link NetworkOptions}. */
public final class BuiltInNetworks implements NetworkProvider {
    @Override
    public int order() {
        return 0;
    }

    @Override
    public List<NamedNetwork> networks() {
        return NetworkOptions.builtIn();
    }
}
