package org.deutero.methods.reference;

import java.util.List;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Spectrum;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tensor.DType;

/** Agents that learn nothing, as recipes name them. */
public final class ReferenceMethods {
    /** Anything. */
    public static final Method RANDOM = new Method(
            "random",
            "Random actions",
            Spectrum.BASELINE,
            "baseline",
            "nothing: acts at random in any world; what an agent has to beat that has learned anything",
            "unroll",
            List.of(new Form<>(TaskKind.WORLDS, (s, world) -> new RandomAgent(DType.FLOAT32))));

    /** The best. */
    public static final Method VALUE_ITERATION = new Method(
            "value-iteration",
            "Value iteration",
            Spectrum.BASELINE,
            "baseline",
            "nothing: knows the tables of a world and acts at best; what no agent can beat on average",
            "unroll",
            List.of(new Form<>(TaskKind.WORLDS, (s, world) -> new ValueIteration(DType.FLOAT32))));

    private ReferenceMethods() {}
}
