package org.deutero.app;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
public final class Versions implements IVersionProvider {
    /** The version of the program, or {@code development} when it does not run from its jar. */
    public static String deutero() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"deutero " + deutero()};
    }
}
