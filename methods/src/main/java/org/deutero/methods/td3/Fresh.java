package org.deutero.methods.td3;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensors;

/** Parameters of many agents, each drawn by itself. */
public final class Fresh {
    private Fresh() {}

    /**
     * Draws them, [agents, ...].
     *
     * @param init draws those of one
     */
    public static Params many(RandomGenerator rng, int agents, Function<RandomGenerator, Params> init) {
        List<Params> each = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            each.add(init.apply(rng));
        }
        Params.Builder all = Params.builder();
        for (String name : each.get(0).names()) {
            all.put(name, Tensors.stack(each.stream().map(p -> p.get(name)).toList(), 0));
        }
        return all.build();
    }
}
