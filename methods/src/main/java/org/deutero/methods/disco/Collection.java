package org.deutero.methods.disco;

import java.util.ArrayList;
import java.util.List;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What agents saw, did and met as they lived on for some steps. An episode that time has ended counts as one that the world has ended: what is seen next belongs to another one. So does the end of a lifetime.
 *
 * @param seen [lifetimes, T + 1, copies, observations]
 * @param action int64 [lifetimes, T + 1, copies]; the last is 0, and was never taken
 * @param reward [lifetimes, T, copies]
 * @param terminal [lifetimes, T, copies]
 * @param mask 0 for lives that were over, [lifetimes, T, copies]
 * @param lives after them
 */
record Collection(Tensor seen, Tensor action, Tensor reward, Tensor terminal, Tensor mask, Params lives) {
    /**
     * Lives on.
     *
     * @param gumbel noise by which actions are drawn, [lifetimes, T, copies, actions]
     * @param step of the lifetime, from 0
     */
    static Collection of(AgentNetwork network, Params agent, Worlds worlds, Params lives, Tensor gumbel, int step) {
        return GradMode.off(() -> {
            List<Tensor> seen = new ArrayList<>();
            List<Tensor> action = new ArrayList<>();
            List<Tensor> reward = new ArrayList<>();
            List<Tensor> terminal = new ArrayList<>();
            List<Tensor> mask = new ArrayList<>();
            Params now = lives;
            int steps = (int) gumbel.size(1);
            Params constant = agent.detach();
            for (int t = 0; t < steps; t++) {
                Tensor observation = worlds.observe(now, step + t);
                Tensor chosen = network.policy(constant, observation)
                        .add(gumbel.select(1, t))
                        .argmax(2);
                mask.add(worlds.alive(now));
                Transition transition = worlds.step(now, chosen, step + t);
                seen.add(observation);
                action.add(chosen);
                reward.add(transition.reward());
                terminal.add(transition.ended());
                now = transition.lives();
            }
            boolean over = step + steps >= worlds.steps();
            if (over) {
                // Nothing can be seen after a lifetime, and nothing follows from what is put there.
                seen.add(seen.get(steps - 1));
                terminal.set(steps - 1, Tensors.onesLike(terminal.get(steps - 1)));
            } else {
                seen.add(worlds.observe(now, step + steps));
            }
            action.add(Tensors.zerosLike(action.get(0)));
            return new Collection(
                    Tensors.stack(seen, 1),
                    Tensors.stack(action, 1),
                    Tensors.stack(reward, 1),
                    Tensors.stack(terminal, 1),
                    Tensors.stack(mask, 1),
                    now);
        });
    }

    /** As the rule sees it, by agents that acted as they say. */
    Experience experience(AgentOutputs online) {
        return new Experience(online.logits().detach(), action, reward, terminal, mask);
    }
}
