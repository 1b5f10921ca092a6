package org.deutero.methods.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.action.Categorical;
import org.deutero.learn.capability.Agent;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Tabular;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The best that can be done in an episode of a world whose tables are known: value iteration over the steps that are left of it, by the lifetime's own time limit or because the lifetime is over before. What it earns in trials of so many episodes is an upper bound, on average, of whoever has to learn the world; where episodes
 * begin again without end, it does not consider that ending one early may pay.
 *
 * <p>Fast state: {@code values} [lifetimes, limit, states, actions], what an action in a state is worth with {@code limit} steps left, with one fewer, and so on to the last, and {@code world}, the lives.
 *
 * @param dtype of all numbers
 */
record ValueIteration(DType dtype) implements Agent {
    private static final String VALUES = "values";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    private static Tabular world(Worlds tasks) {
        if (tasks.world() instanceof Tabular world) {
            return world;
        }
        throw new OptionsException(
                "value-iteration needs a world that can be written down as tables, such as random-mdp or dark-room");
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        Tabular world = world(tasks);
        return Params.of(VALUES, values(world.tables(), world.shape().limit()).to(dtype))
                .with(tasks.begin(dtype).under(WORLD));
    }

    /** Bellman's equation, backwards from the last step, [lifetimes, limit, states, actions]. */
    static Tensor values(Tabular.Tables tables, int limit) {
        Tensor moves = tables.moves();
        long[] shape = moves.shape();
        Tensor rows = moves.reshape(shape[0], shape[1] * shape[2], shape[3]);
        Tensor value = tables.pays();
        List<Tensor> values = new ArrayList<>(List.of(value));
        for (int left = 2; left <= limit; left++) {
            Tensor next = rows.matmul(value.max(2).unsqueeze(2)).reshape(shape[0], shape[1], shape[2]);
            value = tables.pays().add(next);
            values.add(value);
        }
        Collections.reverse(values);
        return Tensors.stack(values, 1);
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor action = Categorical.draw(predict(theta, phi, tasks, context), context);
        Transition transition = tasks.step(Agent.lives(phi), action, context.step());
        Params next = phi.with(transition.lives().under(WORLD));
        return new Step(next, Agent.loss(tasks, transition.reward()));
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** 0 for the best actions, [lifetimes, copies, actions], minus infinity for the others. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor values = phi.get(VALUES);
        long limit = values.size(1);
        long states = values.size(2);
        long actions = values.size(3);
        Tensor state = world(tasks).number(Worlds.state(Agent.lives(phi)));
        Tensor at = left(tasks, phi, limit, context.step())
                .neg()
                .add(limit)
                .mul(states)
                .add(state)
                .to(DType.INT64);
        Tensor own = values.reshape(values.size(0), limit * states, actions)
                .gather(1, at.unsqueeze(2).expand(-1, -1, actions));
        return own.eq(own.max(2).unsqueeze(2)).to(dtype).log();
    }

    /** Steps that are left of episodes, at least 1, float64 [lifetimes, copies]. */
    private static Tensor left(Worlds tasks, Params phi, long limit, int step) {
        Tensor time = Worlds.time(Agent.lives(phi)).to(DType.FLOAT64);
        Tensor left = tasks.world()
                .limits()
                .map(limits -> limits.to(DType.FLOAT64).sub(time))
                .orElseGet(() -> time.neg().add(limit));
        // Who is asked after the lifetime's last step is asked about an episode more.
        return left.clamp(1, step < tasks.steps() ? tasks.steps() - step : limit);
    }
}
