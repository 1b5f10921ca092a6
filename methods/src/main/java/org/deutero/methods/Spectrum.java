package org.deutero.methods;

/** Where a method stands between hand-written learning with a learned start and learning that is learned altogether. */
public enum Spectrum {
    /** Nothing is meta-learned. */
    BASELINE("baseline"),
    /** A learned initialisation (and rates), adapted by explicit gradient steps. */
    INITIALISATION("learned initialisation"),
    /** Learned rules or properties of synapses, by which a network changes itself. */
    PLASTICITY("learned plasticity"),
    /** A learned space in which a fixed rule compares. */
    METRIC("learned metric");

    private final String label;

    Spectrum(String label) {
        this.label = label;
    }

    /** In words. */
    public String label() {
        return label;
    }
}
