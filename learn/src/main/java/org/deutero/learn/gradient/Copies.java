package org.deutero.learn.gradient;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** Where the displacements of {@link EvoGrad}'s copies come from, before they are scaled. */
@FunctionalInterface
interface Copies {
    /**
     * Displacements of all copies.
     *
     * @param weights what is copied, [tasks, ...]
     * @param copies K
     * @param context whose seed chance branches from
     * @return [K * tasks, ...], one whole set of tasks after the other
     */
    Params draw(Params weights, int copies, TaskContext context);

    /** Independent numbers of mean 0 and variance 1; each tensor and each copy has a branch of its own. */
    static Copies of(EvoGrad.Noise noise) {
        return (weights, copies, context) -> {
            Params.Builder drawn = Params.builder();
            weights.forEach((name, w) -> {
                List<Tensor> each = new ArrayList<>();
                for (int k = 0; k < copies; k++) {
                    var rng = Seeds.generator(context.seed(), "copy." + name, k);
                    each.add(
                            switch (noise) {
                                case NORMAL -> Tensors.normal(rng, w.dtype(), w.shape());
                                case SIGN ->
                                    Tensors.uniform(rng, -1, 1, w.dtype(), w.shape())
                                            .sign();
                            });
                }
                drawn.put(name, Tensors.cat(each, 0).to(w.device()));
            });
            return drawn.build();
        };
    }
}
