package org.deutero.experiment.base;

/** The version of the library, as runs and exported learners record it. */
public final class Version {
    private Version() {}

    /** Such as {@code 1.2.0}; {@code development} when it does not run from its jar. */
    public static String deutero() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
