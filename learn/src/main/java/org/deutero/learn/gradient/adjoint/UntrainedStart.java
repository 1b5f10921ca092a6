package org.deutero.learn.gradient.adjoint;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Lifetime;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
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
            Lifetime<T> recorded = lifetime.replay().under(leaf);
            Params start = recorded.begin(true);
            Params reach = Autograd.vjp(start, start.map(Tensors::onesLike), leaf, false);
            reach.forEach((name, share) -> {
                if (!isZero(share) && isZero(gradient.get(name))) {
                    lost.add(name);
                }
            });
            if (!lost.isEmpty()) {
                lost.removeAll(withoutInfluence(recorded, leaf));
            }
        }
        if (!lost.isEmpty()) {
            throw new OptionsException(who + " would leave " + String.join(", ", lost)
                    + " untrained, which act only through the initial state; " + cure);
        }
    }

    /**
     * What the meta-loss of the start itself does not depend on though it depends on others, such as the bias of a convolution that is normalised afterwards: a gradient of zero is then the true one.
     */
    private static <T extends TaskBatch<T>> List<String> withoutInfluence(Lifetime<T> recorded, Params leaf) {
        Tensor losses = recorded.metaLoss(recorded.begin(true), recorded.steps(), true);
        Params gradient = Autograd.gradient(losses.sum(), leaf, false);
        List<String> without = new ArrayList<>();
        gradient.forEach((name, share) -> {
            if (isZero(share)) {
                without.add(name);
            }
        });
        return without.size() == gradient.size() ? List.of() : without;
    }

    private static boolean isZero(Tensor t) {
        return t.abs().sum().item() == 0;
    }
}
