package org.deutero.methods.neuronml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.learn.capability.ActiveUnits;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * How strong units are after a task has been learned: the Euclidean norm of all that comes into a unit, over that of the strongest unit of its layer. A unit is
 * active above a tenth of it, a weight above the magnitude of half activity.
 */
final class UnitStrength {
    private static final double ACTIVE = 0.1;
    private static final double SMALLEST = 1e-30;

    private UnitStrength() {}

    /** @param adapted weights [tasks, ...] */
    static ActiveUnits of(NeuronMl learner, Params theta, Params adapted) {
        Map<String, List<Tensor>> parts = new LinkedHashMap<>();
        adapted.forEach((name, w) -> parts.computeIfAbsent(Gates.layerOf(name), k -> new ArrayList<>())
                .add(w.reshape(w.size(0), w.size(1), -1)));
        Params.Builder strength = Params.builder();
        Params.Builder units = Params.builder();
        Params.Builder weights = Params.builder();
        parts.forEach((layer, tensors) -> {
            Tensor all = Tensors.cat(tensors, 2);
            weights.put(layer, share(all.flatten(1).abs(), learner.structure().halfActive()));
            if (!layer.equals(learner.network().headLayer())) {
                Tensor norms = all.square().sum(2).sqrt();
                Tensor strongest = norms.max(1).clamp(SMALLEST, Float.MAX_VALUE);
                Tensor relative = norms.div(strongest.unsqueeze(1));
                strength.put(layer, relative);
                units.put(layer, share(relative, ACTIVE));
            }
        });
        return new ActiveUnits(
                strength.build(), units.build(), weights.build(), GateNumbers.named(learner.gates(), theta));
    }

    private static Tensor share(Tensor values, double above) {
        return values.gt(above).to(values.dtype());
    }
}
