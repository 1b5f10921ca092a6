package org.deutero.methods.policy;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Episodes that a policy has acted through, n of every task.
 *
 * @param observations what was seen before each step, [tasks, n, steps, numbers]
 * @param actions numbers of choices, int64 [tasks, n, steps], or vectors [tasks, n, steps, numbers]
 * @param rewards [tasks, n, steps]
 * @param lived 1 for steps that were taken, 0 for those after the end of an episode, [tasks, n, steps]
 */
record Trajectories(Tensor observations, Tensor actions, Tensor rewards, Tensor lived) {
    /**
     * Acts, without graph. All lives of all tasks go on side by side; a step asks the policy once.
     *
     * @param weights of each task
     * @param tasks of one episode each
     * @param chance of the actions, step by step
     */
    static Trajectories of(PolicyNetwork policy, Params weights, Worlds tasks, TaskContext chance) {
        List<Tensor> observations = new ArrayList<>();
        List<Tensor> actions = new ArrayList<>();
        List<Tensor> rewards = new ArrayList<>();
        List<Tensor> lived = new ArrayList<>();
        Params lives = tasks.begin(policy.dtype());
        for (int t = 0; t < tasks.steps(); t++) {
            try (Scope s = Scope.open()) {
                Tensor seen = tasks.observe(lives, t);
                Tensor action =
                        policy.distribution(policy.outputs(weights, seen)).draw(chance.at(t, false));
                lived.add(s.keep(tasks.alive(lives)));
                Transition transition = tasks.step(lives, action, t);
                observations.add(s.keep(seen));
                actions.add(s.keep(action));
                rewards.add(s.keep(transition.reward()));
                lives = s.keep(transition.lives());
            }
        }
        return new Trajectories(
                Tensors.stack(observations, 2),
                Tensors.stack(actions, 2),
                Tensors.stack(rewards, 2),
                Tensors.stack(lived, 2));
    }

    /** Sums of rewards, [tasks, n]. */
    Tensor returns() {
        return rewards.sum(2);
    }

    /** 1 for the last step of every episode, [tasks, n, steps]. */
    Tensor ended() {
        int steps = (int) lived.size(2);
        Tensor none = Tensors.zerosLike(lived.slice(2, 0, 1));
        return lived.sub(Tensors.cat(List.of(lived.slice(2, 1, steps), none), 2));
    }

    /** All moments of a task in one row, [tasks, n * steps, numbers]. */
    Tensor moments() {
        return moments(observations);
    }

    /** [tasks, n, steps, ..] as [tasks, n * steps, ..]. */
    static Tensor moments(Tensor each) {
        long[] shape = each.shape();
        return shape.length == 3 ? each.reshape(shape[0], -1) : each.reshape(shape[0], shape[1] * shape[2], shape[3]);
    }

    DType dtype() {
        return rewards.dtype();
    }
}
