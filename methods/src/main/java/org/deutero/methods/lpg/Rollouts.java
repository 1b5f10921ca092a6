package org.deutero.methods.lpg;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
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
    /** Uniform numbers by which the rollouts of one step of learning sample their actions, in order. */
    static final class Uniforms {
        private final RandomGenerator rng;
        private final StepContext context;

        Uniforms(StepContext context) {
            this.rng = context.random();
            this.context = context;
        }

        /** Uniform numbers [lifetimes, copies, steps]; lifetimes that are copies of a task get the same ones. */
        double[] draw(int lifetimes, int each) {
            int copies = context.task().copies();
            double[] uniforms = new double[lifetimes * each];
            int own = uniforms.length / copies;
            for (int i = 0; i < own; i++) {
                uniforms[i] = rng.nextDouble();
            }
            for (int i = own; i < uniforms.length; i++) {
                uniforms[i] = uniforms[i - own];
            }
            return uniforms;
        }
    }

    /**
     * Lives on.
     *
     * @param policy parameters of the policy, which may have a graph
     * @param lives as they stand
     * @param from number of the first step in the worlds' time
     */
    Experience live(Params policy, Worlds worlds, Params lives, Uniforms uniforms, int from) {
        double[] drawn = uniforms.draw(worlds.size(), worlds.copies() * steps);
        boolean fast = body.numbered() && worlds.episodes() == 0 && Stretch.possible(worlds);
        return GradMode.off(() -> fast
                ? together(policy.detach(), worlds, lives, drawn, from)
                : oneByOne(policy.detach(), worlds, lives, drawn, from));
    }

    /** All steps in one loop. */
    private Experience together(Params policy, Worlds worlds, Params lives, double[] uniforms, int from) {
        Tensor probabilities = Table.all(policy).softmax(2);
        Stretch lived = Stretch.live(worlds, lives, probabilities, uniforms, from, steps);
        int n = worlds.size();
        return new Experience(
                lived.lives(),
                lived.seen().reshape(n, -1),
                lived.reached().reshape(n, -1),
                lived.action().reshape(n, -1),
                lived.reward(),
                lived.terminated(),
                lived.truncated());
    }

    /** Steps of all lives, one after the other. */
    private Experience oneByOne(Params policy, Worlds worlds, Params lives, double[] uniforms, int from) {
        int n = worlds.size();
        List<Tensor> seen = new ArrayList<>();
        List<Tensor> reached = new ArrayList<>();
        List<Tensor> actions = new ArrayList<>();
        List<Transition> met = new ArrayList<>();
        Params now = lives;
        for (int t = 0; t < steps; t++) {
            seen.add(look(body, worlds, now, from + t));
            actions.add(choose(body.of(policy, seen.get(t)).softmax(2), uniforms, t));
            Transition transition = worlds.step(now, actions.get(t), from + t);
            reached.add(look(body, worlds, transition.reached(), from + t + 1));
            met.add(transition);
            now = transition.lives();
        }
        return new Experience(
                now,
                moments(seen, n),
                moments(reached, n),
                moments(actions, n),
                Tensors.stack(met.stream().map(Transition::reward).toList(), 2),
                Tensors.stack(met.stream().map(Transition::terminated).toList(), 2),
                Tensors.stack(met.stream().map(Transition::truncated).toList(), 2));
    }

    /** [lifetimes, copies, ...] of every step as [lifetimes, n, ...]. */
    private static Tensor moments(List<Tensor> steps, int lifetimes) {
        Tensor all = Tensors.stack(steps, 2);
        return all.rank() == 3 ? all.reshape(lifetimes, -1) : all.reshape(lifetimes, -1, all.size(3));
    }

    /**
     * What a body sees: numbers of states, int64 [lifetimes, copies], or vectors [lifetimes, copies, numbers].
     *
     * @throws OptionsException if states have no numbers for a table
     */
    static Tensor look(Body body, Worlds worlds, Params lives, int step) {
        Tensor seen = worlds.observe(lives, step);
        if (!body.numbered()) {
            return seen;
        }
        double[] sums = seen.sum(2).to(DType.FLOAT64).doubles();
        double[] largest = seen.max(2).to(DType.FLOAT64).doubles();
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] != 1 || largest[i] != 1) {
                throw new OptionsException(
                        "agents that are tables need a world that shows a unit vector, the number of its state, but"
                                + " this one shows something else; expected method.agent: perceptron");
            }
        }
        return seen.argmax(2);
    }

    /** Actions where the sum of probabilities passes the uniform number, int64 [lifetimes, copies]. */
    private Tensor choose(Tensor probabilities, double[] uniforms, int t) {
        double[] p = probabilities.to(DType.FLOAT64).doubles();
        int choices = (int) probabilities.size(2);
        long[] chosen = new long[p.length / choices];
        for (int life = 0; life < chosen.length; life++) {
            double left = uniforms[life * steps + t];
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
