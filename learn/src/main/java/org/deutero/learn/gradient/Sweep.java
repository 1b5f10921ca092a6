package org.deutero.learn.gradient;

import java.util.List;
import org.deutero.learn.Estimate;
import org.deutero.learn.Learner;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The explicit adjoint sweep with one checkpoint a step: the inner loop is run without a graph, then each step is run again, from
 * the last to the first, with the graph of that step alone.
 *
 * <p>With lambda_T = dF/dphi_T: lambda_t = A_t' lambda_{t+1} and g = dF/dtheta + sum_t B_t' lambda_{t+1} + (dphi_0/dtheta)' lambda_0, where A_t and B_t are the
 * derivatives of step t with respect to phi and theta. Exact to rounding, the same number as {@link Unroll}. Memory: T states and the
 * graph of one step ({@link Store#ALL}), or about 2 sqrt(T) states ({@link Store#SQRT}) at one more forward pass.
 *
 * @param store which states are kept
 */
public record Sweep(Store store) implements MetaGradient {
    /** The default: all states. */
    public static final Sweep ALL = new Sweep(Store.ALL);

    /** Which states of the inner loop are kept. */
    public enum Store {
        /** Every state. */
        ALL,
        /** Every sqrt(T)-th; those between are computed again. */
        SQRT
    }

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public String describe() {
        return "exact gradient by an adjoint sweep that re-runs one inner step at a time; memory of one step's graph";
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Learner<T> learner, Params theta, T tasks, TaskContext context) {
        try (Scope s = Scope.open()) {
            int interval = store == Store.ALL ? 1 : (int) Math.ceil(Math.sqrt(learner.steps(tasks)));
            var trajectory = new Trajectory<>(learner, theta, tasks, context, Math.max(1, interval));
            Adjoint adjoint = Adjoint.ofMetaLoss(learner, theta, trajectory, tasks, context);
            for (int segment = trajectory.segments() - 1; segment >= 0; segment--) {
                Adjoint before = adjoint;
                try (Scope inner = Scope.open()) {
                    adjoint = back(
                                    learner,
                                    theta,
                                    tasks,
                                    context,
                                    trajectory.segment(segment),
                                    segment * interval,
                                    before)
                            .keep(inner);
                }
                before.close();
            }
            Params gradient = Adjoint.throughBeginning(learner, theta, tasks, context, adjoint);
            Tensor losses = Sums.add(adjoint.losses(), trajectory.met());
            return new Estimate(s.keep(losses), s.keep(gradient));
        }
    }

    private static <T extends TaskBatch<T>> Adjoint back(
            Learner<T> learner,
            Params theta,
            T tasks,
            TaskContext context,
            List<Params> states,
            int first,
            Adjoint adjoint) {
        Adjoint current = adjoint;
        for (int i = states.size() - 1; i >= 0; i--) {
            Adjoint before = current;
            try (Scope s = Scope.open()) {
                Params z = states.get(i).leaf();
                Params leaf = theta.leaf();
                Step step = learner.step(leaf, z, tasks, context.replay().at(first + i, true));
                Params outputs = step.state().under("state");
                Params cotangents = before.lambda().under("state");
                if (step.loss() != null) {
                    outputs = outputs.with(Params.of("loss", step.loss()));
                    cotangents = cotangents.with(Params.of("loss", Tensors.onesLike(step.loss())));
                }
                Params inputs = Params.builder().put("z", z).put("theta", leaf).build();
                Params product = Autograd.vjp(outputs, cotangents, inputs, false);
                current = new Adjoint(
                                before.losses(),
                                product.child("z"),
                                before.gradient().add(product.child("theta")))
                        .keep(s);
            }
        }
        return current;
    }
}
