package org.deutero.options;

/** Brings things that recipes can name, and is found by {@link java.util.ServiceLoader}: in a jar, its class is named in {@code META-INF/services/INTERFACE}. */
public interface Provider {
    /** Where the things stand in listings, smaller numbers first; the library's own have numbers below 100. */
    default int order() {
        return 100;
    }
}
