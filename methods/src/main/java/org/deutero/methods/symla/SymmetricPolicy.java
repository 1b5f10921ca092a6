package org.deutero.methods.symla;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.methods.vsml.InitialState;
import org.deutero.methods.vsml.MessageNetwork;
import org.deutero.methods.vsml.SynapseCell;
import org.deutero.methods.vsml.VsmlRule;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Layers of synapses from what is seen to what can be done, all of which are one LSTM with shared weights. A step visits them once, from below: the first layer is sent the observation, the last its last action, both in slot 0 of a message, and all are told the last reward; preferences are slot 0 of what the last layer
 * sends on. Knows no world: whoever acts says what was seen, done and earned.
 *
 * <p>State: that of {@link MessageNetwork}; {@code action} [lives, 1, outputs] and {@code reward} [lives], both 0 before the first step.
 *
 * @param hidden units between observations and actions, layer by layer; none for a single layer of synapses
 * @param rule of the synapses, which is given rewards and own messages
 * @param initial states before any experience
 */
public record SymmetricPolicy(List<Integer> hidden, VsmlRule rule, InitialState initial) {
    private static final String ACTION = "action";
    private static final String REWARD = "reward";

    /** Refuses a rule that knows no rewards. */
    public SymmetricPolicy {
        hidden = List.copyOf(hidden);
        if (!rule.reward() || !rule.ownMessages()) {
            throw new IllegalArgumentException("a rule that decides needs rewards and own messages as inputs");
        }
    }

    /** A single layer of synapses. */
    public SymmetricPolicy(VsmlRule rule, InitialState initial) {
        this(List.of(), rule, initial);
    }

    /**
     * The state of so many lives before any experience.
     *
     * @param observations numbers that are seen
     * @param outputs actions, or numbers of an action
     */
    public Params start(int observations, int outputs, RandomGenerator rng, DType dtype, int lives) {
        List<Integer> sizes = new ArrayList<>(List.of(observations));
        sizes.addAll(hidden);
        sizes.add(outputs);
        return MessageNetwork.start(rule, initial, sizes, rng, dtype, lives)
                .with(Params.builder()
                        .put(ACTION, Tensors.zeros(dtype, lives, 1, outputs))
                        .put(REWARD, Tensors.zeros(dtype, lives))
                        .build());
    }

    /**
     * What a life makes of what it sees.
     *
     * @param state of the network, once it has seen; what was done and earned is still to be {@link #told}
     * @param preferences [lives, outputs]
     */
    public record Thought(Params state, Tensor preferences) {}

    /**
     * Sees, and prefers.
     *
     * @param theta of each life, [lives, ...]
     * @param seen [lives, observations]
     */
    public Thought think(Params theta, Params state, Tensor seen) {
        MessageNetwork.Pass pass = new MessageNetwork(new SynapseCell(rule, theta), hidden.size() + 1)
                .forward(state, seen.unsqueeze(1), state.get(ACTION), state.get(REWARD));
        return new Thought(pass.state(), pass.output().select(1, 0));
    }

    /**
     * The state of lives that have been told what they did and what came of it.
     *
     * @param action a unit vector, or the numbers of an action, [lives, outputs]
     * @param reward [lives]
     */
    public static Params told(Params state, Tensor action, Tensor reward) {
        return state.with(Params.builder()
                .put(ACTION, action.unsqueeze(1))
                .put(REWARD, reward)
                .build());
    }
}
