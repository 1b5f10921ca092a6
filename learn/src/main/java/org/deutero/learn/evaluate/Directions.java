package org.deutero.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Where the steps of a learner go, beside where gradient descent would go from the same place: at every step the move phi_{t+1} - phi_t against the negative gradient of the loss on what the step is
 * shown, with respect to phi_t and through {@link Predictor#predict}. Gradient descent has cosine 1 with itself; a direction at random has about 1 / sqrt(n).
 *
 * <p>Only entries of phi that the loss depends on in some task are compared: slots, messages and channels that predictions never read have no direction to compare with.
 *
 * @param steps one map a step; empty where nothing that the loss depends on moved
 */
public record Directions(List<Map<String, Move>> steps) {
    /** The name of all parts together. */
    public static final String ALL = "all";

    /** Copies the list. */
    public Directions {
        steps = List.copyOf(steps);
    }

    /**
     * A step of one part of phi, in each task.
     *
     * @param cosine with the negative gradient; NaN in a task where either is 0
     * @param rate length of the move divided by that of the gradient: the step size of gradient descent
     */
    @SuppressWarnings("ArrayRecordComponent") // plain numbers, compared by nobody
    public record Move(double[] cosine, double[] rate) {}

    /** Sums over the entries of one part, one number a task. */
    @SuppressWarnings("ArrayRecordComponent") // plain numbers, compared by nobody
    private record Sums(double[] dot, double[] moved, double[] gradient) {
        static Sums zero(int tasks) {
            return new Sums(new double[tasks], new double[tasks], new double[tasks]);
        }

        void add(Sums other) {
            Arrays.setAll(dot, i -> dot[i] + other.dot[i]);
            Arrays.setAll(moved, i -> moved[i] + other.moved[i]);
            Arrays.setAll(gradient, i -> gradient[i] + other.gradient[i]);
        }

        Move move() {
            double[] cosine = new double[dot.length];
            double[] rate = new double[dot.length];
            Arrays.setAll(cosine, i -> dot[i] / Math.sqrt(moved[i] * gradient[i]));
            Arrays.setAll(rate, i -> Math.sqrt(moved[i] / gradient[i]));
            return new Move(cosine, rate);
        }
    }

    /**
     * Follows a learner through the first steps of tasks.
     *
     * @param learner to follow
     * @param state its meta-parameters and statistics
     * @param batch the tasks
     * @param limit steps at most
     * @param loss of predictions, which must be differentiable
     * @param upcoming what a step is about to show
     * @param seed of whatever the learner draws
     * @param <T> tasks in a batch
     */
    @SuppressWarnings("try") // the scope works by being open
    public static <T extends TaskBatch<T>> Directions of(
            Predictor<T> learner,
            MetaState state,
            T batch,
            int limit,
            Measure<T> loss,
            Evaluator.Upcoming<T> upcoming,
            long seed) {
        TaskContext context = TaskContext.evaluation(seed, state.statistics());
        Lifetime<T> lifetime = new Lifetime<>(learner, state.theta(), batch, context);
        int steps = lifetime.steps();
        List<Map<String, Move>> moves = new ArrayList<>();
        try (Scope all = Scope.open()) {
            lifetime.run(lifetime.start(Trace.NONE), Math.min(limit, steps), Trace.NONE, (before, step, scope) -> {
                int t = before.age();
                T shown = upcoming.of(batch, t, steps);
                Params gradient = gradient(learner, state.theta(), before.state(), shown, context.at(t, false), loss);
                moves.add(moves(before.state(), step.state(), gradient));
            });
        }
        return new Directions(moves);
    }

    private static <T extends TaskBatch<T>> Params gradient(
            Predictor<T> learner, Params theta, Params phi, T shown, StepContext at, Measure<T> loss) {
        return GradMode.on(() -> {
            Params leaves =
                    phi.filter(name -> phi.get(name).dtype().isFloating()).leaf();
            Tensor outputs = learner.predict(theta.constant(), phi.with(leaves), shown, at);
            return Autograd.gradient(loss.of(outputs, shown).sum(), leaves, false);
        });
    }

    private static Map<String, Move> moves(Params from, Params to, Params gradient) {
        Map<String, Move> moves = new LinkedHashMap<>();
        Sums all = null;
        for (String name : gradient.names()) {
            Tensor slope = perTask(gradient.get(name));
            Tensor reached = slope.abs().sumKeep(0).gt(0).to(DType.FLOAT64);
            if (reached.sum().item() == 0) {
                continue;
            }
            Tensor move = perTask(to.get(name).sub(from.get(name))).mul(reached);
            Sums part = new Sums(
                    move.mul(slope).sum(1).neg().doubles(),
                    move.square().sum(1).doubles(),
                    slope.square().sum(1).doubles());
            moves.put(name, part.move());
            all = all == null ? Sums.zero(part.dot().length) : all;
            all.add(part);
        }
        if (all != null) {
            moves.put(ALL, all.move());
        }
        return moves;
    }

    private static Tensor perTask(Tensor t) {
        return t.to(DType.FLOAT64).reshape(t.size(0), -1);
    }
}
