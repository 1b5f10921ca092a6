package org.deutero.methods.arms;

import java.util.List;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Spectrum;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tensor.DType;

/** Classical agents of bandits, as recipes name them. */
public final class ArmMethods {
    /** Thompson sampling. */
    public static final Method THOMPSON_SAMPLING = new Method(
            "thompson-sampling",
            "Thompson sampling",
            Spectrum.BASELINE,
            "baseline",
            "nothing: Beta posteriors over what arms pay; what a learned agent has to beat on bandits",
            "unroll",
            List.of(new Form<>(TaskKind.WORLDS, (s, world) -> new ThompsonSampling(DType.FLOAT32))));

    private ArmMethods() {}
}
