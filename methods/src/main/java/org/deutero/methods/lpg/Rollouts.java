package org.deutero.methods.lpg;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.lpg.Body.Table;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Stretch;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Lets agents live some steps by their present policies, without graph.
 *
 * @param body of the policy
 * @param steps of a rollout
 */
record Rollouts(Body body, int steps) {
    /** Chance of the rollouts of one step of learning, in order. */
    static final class Luck {
        private final RandomGenerator rng;
        private final StepContext context;

        Luck(StepContext context) {
            this.rng = context.random();
            this.context = context;
        }

        /** Uniform numbers [lifetimes, copies, steps]; lifetimes that are copies of a task get the same ones. */
        double[] draw(int lifetimes, int each) {
            int copies = context.task().copies();
            double[] luck = new double[lifetimes * each];
            int own = luck.length / copies;
            for (int i = 0; i < own; i++) {
                luck[i] = rng.nextDouble();
            }
            for (int i = own; i < luck.length; i++) {
                luck[i] = luck[i - own];
            }
            return luck;
        }
    }

    /**
     * Lives on.
     *
     * @param policy parameters of the policy, which may have a graph
     * @param lives as they stand
     * @param from number of the first step in the worlds' time
     */
    Experience live(Params policy, Worlds worlds, Params lives, Luck luck, int from) {
        double[] drawn = luck.draw(worlds.size(), worlds.copies() * steps);
        return GradMode.off(() -> body.numbered()
                ? table(policy.detach(), worlds, lives, drawn, from)
                : network(policy.detach(), worlds, lives, drawn, from));
    }

    private Experience table(Params policy, Worlds worlds, Params lives, double[] luck, int from) {
        if (!Stretch.possible(worlds)) {
            throw new OptionsException(
                    "agents that are tables need a world that numbers its states, but this one shows something else; expected method.agent: perceptron");
        }
        Tensor probabilities = Table.all(policy).softmax(2);
        Stretch lived = Stretch.live(worlds, lives, probabilities, luck, from, steps);
        int n = worlds.size();
        return new Experience(
                lived.lives(),
                lived.seen().reshape(n, -1),
                lived.reached().reshape(n, -1),
                lived.action().reshape(n, -1),
                lived.reward(),
                lived.terminated(),
                lived.truncated(),
                Advantages.Ends.SEPARATE);
    }

    /** Steps of all lives, one after the other. What was seen where an episode ended is not known, so its end counts as a termination. */
    private Experience network(Params policy, Worlds worlds, Params lives, double[] luck, int from) {
        int n = worlds.size();
        List<Tensor> seen = new ArrayList<>();
        List<Tensor> actions = new ArrayList<>();
        List<Tensor> rewards = new ArrayList<>();
        List<Tensor> terminated = new ArrayList<>();
        List<Tensor> truncated = new ArrayList<>();
        Params now = lives;
        seen.add(worlds.observe(now, from));
        for (int t = 0; t < steps; t++) {
            Tensor probabilities = body.of(policy, seen.get(t)).softmax(2);
            Tensor action = choose(probabilities, luck, t);
            Transition transition = worlds.step(now, action, from + t);
            now = transition.lives();
            seen.add(worlds.observe(now, from + t + 1));
            actions.add(action);
            rewards.add(transition.reward());
            terminated.add(transition.terminated());
            truncated.add(transition.truncated());
        }
        Tensor all = Tensors.stack(seen, 2);
        long features = all.size(3);
        return new Experience(
                now,
                all.slice(2, 0, steps).reshape(n, -1, features),
                all.slice(2, 1, steps + 1L).reshape(n, -1, features),
                Tensors.stack(actions, 2).reshape(n, -1),
                Tensors.stack(rewards, 2),
                Tensors.stack(terminated, 2),
                Tensors.stack(truncated, 2),
                Advantages.Ends.MERGED);
    }

    /** Actions where the sum of probabilities passes the luck, int64 [lifetimes, copies]. */
    private Tensor choose(Tensor probabilities, double[] luck, int t) {
        double[] p = probabilities.to(DType.FLOAT64).doubles();
        int choices = (int) probabilities.size(2);
        long[] chosen = new long[p.length / choices];
        for (int life = 0; life < chosen.length; life++) {
            double left = luck[life * steps + t];
            int a = 0;
            while (a < choices - 1 && left >= p[life * choices + a]) {
                left -= p[life * choices + a];
                a++;
            }
            chosen[life] = a;
        }
        return Tensor.of(chosen, probabilities.size(0), probabilities.size(1));
    }
}
