package org.deutero.methods;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Optimizer;

/**
 * Descent towards a minimum in stages, such as a fast rule that gets near and a steady one that settles: implicit and contrastive gradients are as good as the minimum is
 * reached.
 *
 * @param stages one after the other
 */
public record Settling(List<DescentStage> stages) {
    private static final String ALL = "all";

    /** Copies the list. */
    public Settling {
        stages = List.copyOf(stages);
    }

    /** A single stage. */
    public static Settling of(DescentStage stage) {
        return new Settling(List.of(stage));
    }

    /** The number of steps of all stages. */
    public int steps() {
        return stages.stream().mapToInt(DescentStage::steps).sum();
    }

    /** Slots of every stage, under its number; each a vector of all weights, [tasks, P]. */
    public Params slots(Params weights) {
        Params.Builder slots = Params.builder();
        for (int i = 0; i < stages.size(); i++) {
            slots.put(String.valueOf(i), stages.get(i).optimizer().init(vector(weights)));
        }
        return slots.build();
    }

    /** One step; steps beyond the last go on with the last stage. */
    public Optimizer.Update update(Params gradient, Params slots, Params weights, int step) {
        int stage = 0;
        int within = step;
        while (stage < stages.size() - 1 && within >= stages.get(stage).steps()) {
            within -= stages.get(stage).steps();
            stage++;
        }
        String name = String.valueOf(stage);
        DescentStage now = stages.get(stage);
        Optimizer.Update update =
                now.optimizer().update(vector(gradient), slots.child(name), vector(weights), now.rates(within), within);
        return new Optimizer.Update(
                weights.task(0).unflatten(update.params().get(ALL)),
                slots.with(update.state().under(name)));
    }

    /** All weights of a task as one vector, [tasks, P]: with small networks the number of operations is what takes time. */
    private static Params vector(Params weights) {
        return Params.of(ALL, weights.flattenPerTask());
    }
}
