package org.deutero.methods.neuronml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** Where the gates are, in three numbers: without them gates that all close look like slow learning. */
final class GateNumbers {
    private static final double CLOSED = 0.05;
    private static final double OPEN = 0.95;

    private GateNumbers() {}

    /** Mean gate, share of gates below 0.05, share above 0.95, each []. */
    private static Params of(Gates gates, Params theta) {
        Tensor values = gates.values(theta).flatten().detach();
        return Params.builder()
                .put("gate-mean", values.mean())
                .put("gates-closed", values.lt(CLOSED).to(values.dtype()).mean())
                .put("gates-open", values.gt(OPEN).to(values.dtype()).mean())
                .build();
    }

    /** The same for every task, [tasks], as logs want it. */
    static Params ofEachTask(Gates gates, Params theta, int tasks) {
        return of(gates, theta).expand(tasks);
    }

    /** By name. */
    static Map<String, Double> named(Gates gates, Params theta) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        of(gates, theta).forEach((name, value) -> numbers.put(name, value.item()));
        return numbers;
    }
}
