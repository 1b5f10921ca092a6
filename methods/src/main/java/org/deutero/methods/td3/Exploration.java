package org.deutero.methods.td3;

import java.util.ArrayList;
import java.util.List;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Living by a deterministic policy and noise.
 *
 * @param actor the policy
 * @param deviation of the noise, in units of actions; what it leads to is held within the actor's bounds
 * @param randomSteps steps of a lifetime at whose beginning actions are uniform instead
 * @param timeTerminates whether an episode that time has ended counts as terminated
 */
public record Exploration(Actor actor, double deviation, long randomSteps, boolean timeTerminates) {
    /**
     * What came of some steps.
     *
     * @param rows of a {@link Replay}, [lifetimes, copies, steps, width]
     * @param lives after them
     */
    public record Lived(Tensor rows, Params lives) {}

    /**
     * Lives some steps; nothing of it is differentiable.
     *
     * @param policy of each lifetime, [lifetimes, ...]
     * @param from number of the first step in the lifetime
     * @param normal standard normal noise, [lifetimes, copies, steps, numbers]
     * @param uniform in [-1, 1), likewise
     */
    public Lived live(Params policy, Params lives, Worlds tasks, int from, Tensor normal, Tensor uniform) {
        int steps = Math.toIntExact(normal.size(2));
        List<Tensor> rows = new ArrayList<>();
        Params now = lives;
        Tensor seen = tasks.observe(now, from);
        for (int t = 0; t < steps; t++) {
            Tensor action = from + t < randomSteps
                    ? uniform.select(2, t).mul(actor.bound())
                    : actor.act(policy, seen)
                            .add(normal.select(2, t).mul(deviation))
                            .clamp(-actor.bound(), actor.bound());
            Tensor time = Worlds.time(now);
            Transition transition = tasks.step(now, action, from + t);
            Tensor reached = tasks.observe(transition.reached(), from + t + 1);
            Tensor terminated = timeTerminates ? transition.ended() : transition.terminated();
            rows.add(Replay.row(seen, action, transition.reward(), terminated, time, reached));
            now = transition.lives();
            seen = tasks.observe(now, from + t + 1);
        }
        return new Lived(Tensors.cat(rows, 2), now);
    }
}
