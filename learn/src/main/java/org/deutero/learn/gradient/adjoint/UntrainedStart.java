package org.deutero.learn.gradient.adjoint;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Lifetime;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;

/** The trap of estimators that do not go back to the start: meta-parameters that act only through phi_0 would silently stay as they are. */
public final class UntrainedStart {
    private UntrainedStart() {}

    /**
     * Refuses a learner that has such meta-parameters. Looks at the first meta-iteration only, since it costs time.
     *
     * @param who begins the sentence
     * @param cure ends it
     */
    public static <T extends TaskBatch<T>> void check(Lifetime<T> lifetime, Params gradient, String who, String cure) {
        if (lifetime.context().iteration() > 0) {
            return;
        }
        List<String> lost = new ArrayList<>();
        try (Scope s = Scope.open()) {
            Params leaf = lifetime.theta().leaf();
            Params start = lifetime.replay().under(leaf).begin(true);
            Params reach = Autograd.vjp(start, start.map(Tensors::onesLike), leaf, false);
            reach.forEach((name, share) -> {
                if (share.abs().sum().item() > 0
                        && gradient.get(name).abs().sum().item() == 0) {
                    lost.add(name);
                }
            });
        }
        if (!lost.isEmpty()) {
            throw new OptionsException(who + " would leave " + String.join(", ", lost)
                    + " untrained, which act only through the initial state; " + cure);
        }
    }
}
