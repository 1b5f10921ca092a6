package org.deutero.app;

import org.deutero.experiment.base.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
public final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"deutero " + Version.deutero()};
    }
}
