package org.deutero.learn.reinforcement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deutero.learn.Lifetime;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.PolicyLearner;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Rolling;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Trials that were lived, without graph: a tree of tensors [trials, steps, ...], a trial for each copy of each lifetime.
 *
 * <p>{@code shown}, a tree of what the policy was shown; {@code action}; {@code log-probability} of that; {@code value} as expected before it; {@code reward}; {@code alive}, 1 in steps of lives that were not over; {@code terminated} and {@code truncated}, 1 where an episode ended; {@code next-value}, of the state that a step led to.
 *
 * @param tree as described
 */
public record Trials(Params tree) {
    static final String SHOWN = "shown";
    static final String ACTION = "action";
    static final String LOG_PROBABILITY = "log-probability";
    static final String VALUE = "value";
    static final String REWARD = "reward";
    static final String ALIVE = "alive";
    static final String TERMINATED = "terminated";
    static final String TRUNCATED = "truncated";
    static final String NEXT_VALUE = "next-value";

    /**
     * Lives all lifetimes of a batch.
     *
     * @param reached whether values of the states are wanted in which time ends episodes; without, {@code next-value} is that of the next row, and 0 after the last
     */
    public static Trials of(PolicyLearner agent, Lifetime<Worlds> life, boolean reached) {
        return GradMode.off(() -> {
            try (Scope s = Scope.open()) {
                return new Trials(s.keep(live(agent, life, reached)));
            }
        });
    }

    private static Params live(PolicyLearner agent, Lifetime<Worlds> life, boolean reached) {
        Worlds tasks = life.tasks();
        int steps = agent.steps(tasks);
        List<Params> moments = new ArrayList<>();
        List<Tensor> ends = new ArrayList<>();
        try (Rolling now = new Rolling(life.begin(false))) {
            for (int t = 0; t < steps; t++) {
                try (Scope s = Scope.open()) {
                    StepContext context = life.context().at(t, false);
                    Params phi = now.get();
                    Params shown = agent.shown(phi, tasks, context);
                    PolicyLearner.Decision decision = agent.decide(life.theta(), phi, shown, context);
                    Tensor action = decision.policy().draw(context);
                    Params lives = Agent.lives(phi);
                    Transition next = tasks.step(lives, action, t);
                    moments.add(s.keep(Params.builder()
                            .put(SHOWN, shown)
                            .put(ACTION, action)
                            .put(LOG_PROBABILITY, decision.policy().logProbability(action))
                            .put(VALUE, decision.value())
                            .put(REWARD, next.reward())
                            .put(ALIVE, tasks.alive(lives))
                            .put(TERMINATED, next.terminated())
                            .put(TRUNCATED, next.truncated())
                            .build()));
                    if (reached) {
                        ends.add(end(agent, life, decision, action, next, t == steps - 1, t + 1, s));
                    }
                    now.next(s, agent.after(decision, action, next, tasks));
                }
            }
        }
        Params first = moments.get(0);
        Params.Builder all = Params.builder();
        first.names()
                .forEach(name -> all.put(
                        name, together(moments.stream().map(m -> m.get(name)).toList())));
        Params tree = all.build();
        return tree.with(Params.of(NEXT_VALUE, nextValues(tree, ends)));
    }

    /** Values of the states that a step has led to, [lifetimes, copies]; null if they are those of the next step. */
    private static Tensor end(
            PolicyLearner agent,
            Lifetime<Worlds> life,
            PolicyLearner.Decision decision,
            Tensor action,
            Transition next,
            boolean last,
            int step,
            Scope scope) {
        if (!last && next.truncated().sum().item() == 0) {
            return null;
        }
        // As if the episode went on.
        Tensor none = Tensors.zerosLike(next.truncated());
        Transition on = new Transition(next.reached(), next.reached(), next.reward(), none, none);
        Params phi = agent.after(decision, action, on, life.tasks());
        StepContext context = life.context().at(step, false);
        Params shown = agent.shown(phi, life.tasks(), context);
        return scope.keep(agent.decide(life.theta(), phi, shown, context).value());
    }

    /** Moments [lifetimes, copies, ...] as [trials, steps, ...]. */
    private static Tensor together(List<Tensor> moments) {
        Tensor all = Tensors.stack(moments, 2);
        long[] shape = all.shape();
        long[] flat = Arrays.copyOfRange(shape, 1, shape.length);
        flat[0] = shape[0] * shape[1];
        return all.reshape(flat).contiguous();
    }

    private static Tensor nextValues(Params tree, List<Tensor> ends) {
        Tensor value = tree.get(VALUE);
        int steps = (int) value.size(1);
        double[] values = doubles(value);
        double[] truncated = doubles(tree.get(TRUNCATED));
        double[] next = new double[values.length];
        for (int t = 0; t < steps; t++) {
            double[] reached = ends.isEmpty() || ends.get(t) == null ? null : doubles(ends.get(t));
            for (int trial = 0; trial < next.length / steps; trial++) {
                int i = trial * steps + t;
                boolean last = t == steps - 1;
                if (reached != null && (last || truncated[i] > 0)) {
                    next[i] = reached[trial];
                } else {
                    next[i] = last ? 0 : values[i + 1];
                }
            }
        }
        return Tensor.of(next, value.shape()).to(value.dtype()).to(value.device());
    }

    static double[] doubles(Tensor tensor) {
        return tensor.to(DType.FLOAT64).doubles();
    }

    /** The number of trials. */
    public int size() {
        return Math.toIntExact(tree.get(REWARD).size(0));
    }

    /** Some of the trials. */
    public Trials select(long... rows) {
        Tensor index = Tensor.of(rows, rows.length);
        return new Trials(tree.map(t -> t.indexSelect(0, index.to(t.device()))));
    }

    /** A tensor of the tree. */
    public Tensor get(String name) {
        return tree.get(name);
    }

    /**
     * Sums of rewards by the number of the episode within a trial, means over trials; as many as every trial has begun.
     *
     * @return [episodes]
     */
    public double[] returnsByEpisode() {
        int steps = Math.toIntExact(tree.get(REWARD).size(1));
        double[] reward = doubles(tree.get(REWARD));
        double[] ended = doubles(tree.get(TERMINATED).add(tree.get(TRUNCATED)));
        double[] alive = doubles(tree.get(ALIVE));
        double[] sums = new double[steps];
        int begun = steps;
        for (int trial = 0; trial < size(); trial++) {
            int episode = 0;
            int own = 0;
            for (int i = trial * steps; i < (trial + 1) * steps && alive[i] > 0; i++) {
                sums[episode] += reward[i];
                own = episode + 1;
                episode += ended[i] > 0 ? 1 : 0;
            }
            begun = Math.min(begun, own);
        }
        return Arrays.stream(sums, 0, begun).map(sum -> sum / size()).toArray();
    }
}
