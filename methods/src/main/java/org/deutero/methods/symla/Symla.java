package org.deutero.methods.symla;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.reinforcement.Categorical;
import org.deutero.methods.vsml.InitialState;
import org.deutero.methods.vsml.MessageNetwork;
import org.deutero.methods.vsml.SynapseCell;
import org.deutero.methods.vsml.VsmlRule;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Symmetric learning agents (SymLA; Kirsch, Flennerhag, van Hasselt, Friesen, Oh, Chen 2022, arXiv 2109.10781). A layer of synapses from what is seen to the actions, all of which are one LSTM with shared weights;
 * it is told its last action as a backward message, the reward, and its units' own last messages, so that actions can compare themselves with each other. Nothing in the weights depends on the numbers of observations and actions, and permuting actions permutes
 * decisions.
 *
 * <p>States last for a whole lifetime, which is a single copy of a world. The meta-loss is minus the mean reward. Actions are drawn, and no derivative reaches through them, so this learner is for evolution. Only what the paper's
 * abstract and secondary sources tell was at hand; sizes are ours.
 *
 * <p>Fast state: that of {@link MessageNetwork}, {@code action} [tasks, 1, actions], a unit vector, and {@code reward} [tasks], both 0 before the first step, and {@code world}, the lives.
 *
 * @param rule of the synapses, which is given rewards and own messages
 * @param initial states before any experience
 * @param dtype of all numbers
 */
public record Symla(VsmlRule rule, InitialState initial, DType dtype) implements Agent {
    private static final String ACTION = "action";
    private static final String REWARD = "reward";

    /** Refuses a rule that knows no rewards. */
    public Symla {
        if (!rule.reward() || !rule.ownMessages()) {
            throw new IllegalArgumentException("a rule that decides needs rewards and own messages as inputs");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return rule.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        if (tasks.copies() != 1) {
            throw new IllegalArgumentException(
                    "symla lives one life at a time, but lifetimes have " + tasks.copies() + " copies");
        }
        int actions = tasks.world().shape().choices();
        List<Integer> sizes = List.of(tasks.world().shape().observations(), actions);
        Params state =
                context.draw(tasks.size(), (rng, n) -> MessageNetwork.start(rule, initial, sizes, rng, dtype, n));
        Params none = Params.builder()
                .put(ACTION, Tensors.zeros(dtype, tasks.size(), 1, actions))
                .put(REWARD, Tensors.zeros(dtype, tasks.size()))
                .put(WORLD, tasks.begin(dtype))
                .build();
        return state.with(none);
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        if (context.differentiable()) {
            throw new OptionsException(
                    "symla draws its actions, and no derivative reaches through them: expected es, openai-es or cma-es as meta-gradient");
        }
        MessageNetwork.Pass pass = pass(theta, phi, tasks, context);
        Tensor action = Categorical.draw(logits(pass).squeeze(1), context);
        Transition transition = tasks.step(Agent.lives(phi), action.unsqueeze(1), context.step());
        Params told = Params.builder()
                .put(
                        ACTION,
                        action.oneHot(tasks.world().shape().choices(), dtype).unsqueeze(1))
                .put(REWARD, transition.reward().squeeze(1))
                .put(WORLD, transition.lives())
                .build();
        return new Step(pass.state().with(told), Agent.loss(tasks, transition.reward()));
    }

    private MessageNetwork.Pass pass(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor seen = tasks.observe(Agent.lives(phi), context.step());
        Params own = context.forTasks(theta, tasks.size());
        Params network = phi.filter(name -> !name.startsWith(WORLD));
        return new MessageNetwork(new SynapseCell(rule, own), 1)
                .forward(network, seen, phi.get(ACTION), phi.get(REWARD));
    }

    /** [tasks, 1, actions]. */
    private static Tensor logits(MessageNetwork.Pass pass) {
        return pass.output().slice(1, 0, 1);
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** Logits of the actions of the next step. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        return logits(pass(theta, phi, tasks, context));
    }
}
