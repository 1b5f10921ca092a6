package org.deutero.methods;

/** Where a method stands between hand-written learning with a learned start and learning that is learned altogether. */
public enum Spectrum {
    /** Nothing is meta-learned. */
    BASELINE("baseline"),
    /** A learned initialisation (and rates), adapted by explicit gradient steps. */
    INITIALISATION("learned initialisation"),
    /** Learned rules or properties of synapses, by which a network changes itself. */
    PLASTICITY("learned plasticity"),
    /** A learned loss, or learned weights of what is in it, for training that is otherwise ordinary. */
    OBJECTIVE("learned objective"),
    /** A learned space in which a fixed rule compares. */
    METRIC("learned metric"),
    /** A learned network that takes in a whole set of examples at once and answers. */
    AMORTISED("amortised inference"),
    /** A learned network that keeps what it has seen of a task in its activations or in an external memory. */
    MEMORY("learned memory"),
    /** A learned rule by which a fresh network changes; it knows of no task and of no size. */
    RULE("learned update rule");

    private final String label;

    Spectrum(String label) {
        this.label = label;
    }

    /** Whether nothing that is meta-learned belongs to a class, so that tasks may have other numbers of them than in meta-training. */
    public boolean anyWay() {
        return this == METRIC || this == RULE;
    }

    /** In words. */
    public String label() {
        return label;
    }
}
