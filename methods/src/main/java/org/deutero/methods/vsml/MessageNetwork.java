package org.deutero.methods.vsml;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Layers of synapses under one rule, visited one after the other.
 *
 * <p>State of layer l: {@code h<l>} and {@code c<l>} as in {@link Synapses}; {@code backward<l>} [tasks, M, units below], the message that it sent back at its last visit (of the first layer only if the rule
 * is given own messages), and {@code forward<l>} [tasks, M, units above] for such rules. All other tensors of a state stay as they are.
 *
 * @param cell of all synapses
 * @param layers number of layers of synapses
 */
public record MessageNetwork(SynapseCell cell, int layers) {
    /**
     * A pass through all layers.
     *
     * @param state after it
     * @param inputs the forward message that each layer received
     * @param output the forward message of the last layer, [tasks, M, units]
     */
    public record Pass(Params state, List<Tensor> inputs, Tensor output) {}

    /**
     * The state before any experience.
     *
     * @param sizes units of all layers, input and output included
     */
    public static Params start(
            VsmlRule rule, InitialState initial, List<Integer> sizes, RandomGenerator rng, DType dtype, int tasks) {
        Params.Builder state = Params.builder();
        for (int l = 0; l + 1 < sizes.size(); l++) {
            int in = sizes.get(l);
            int out = sizes.get(l + 1);
            state.put("h" + l, Tensors.zeros(dtype, tasks, rule.state(), in, out));
            state.put("c" + l, initial.draw(rng, dtype, tasks, rule.state(), in, out));
            if (l > 0 || rule.ownMessages()) {
                state.put("backward" + l, Tensors.zeros(dtype, tasks, rule.message(), in));
            }
            if (rule.ownMessages()) {
                state.put("forward" + l, Tensors.zeros(dtype, tasks, rule.message(), out));
            }
        }
        return state.build();
    }

    /**
     * From the first layer to the last. Backward messages count at the next visit of the layer that they are sent to.
     *
     * @param input forward message to the first layer, [tasks, slots, units]
     * @param feedback backward message to the last layer, [tasks, slots, units]
     * @param reward [tasks], null for rules without
     */
    public Pass forward(Params state, Tensor input, Tensor feedback, Tensor reward) {
        List<Tensor> inputs = new ArrayList<>();
        Params after = state;
        Tensor message = input;
        for (int l = 0; l < layers; l++) {
            inputs.add(message);
            Tensor back = l + 1 == layers ? feedback : state.get("backward" + (l + 1));
            SynapseCell.Visited visited = visit(state, l, new Messages(message, back), reward);
            message = sent(visited);
            after = after.with(changed(l, visited));
        }
        return new Pass(after, inputs, message);
    }

    /**
     * From the last layer to the first, with the forward messages that layers have received. Backward messages count at once.
     *
     * @return the state after it
     */
    public Params backward(Params state, List<Tensor> inputs, Tensor feedback, Tensor reward) {
        Params after = state;
        for (int l = layers - 1; l >= 0; l--) {
            Tensor back = l + 1 == layers ? feedback : after.get("backward" + (l + 1));
            SynapseCell.Visited visited = visit(state, l, new Messages(inputs.get(l), back), reward);
            after = after.with(changed(l, visited));
        }
        return after;
    }

    private SynapseCell.Visited visit(Params state, int l, Messages in, Tensor reward) {
        Messages own =
                cell.rule().ownMessages() ? new Messages(state.get("forward" + l), state.get("backward" + l)) : null;
        return cell.visited(synapses(state, l), in, reward, own);
    }

    /** The synapses of one layer. */
    static Synapses synapses(Params state, int l) {
        return new Synapses(state.get("h" + l), state.get("c" + l));
    }

    private Tensor sent(SynapseCell.Visited visited) {
        return visited.sent() == null
                ? cell.forward(visited.synapses())
                : visited.sent().forward();
    }

    private Params changed(int l, SynapseCell.Visited visited) {
        Synapses synapses = visited.synapses();
        Params.Builder changed = Params.builder().put("h" + l, synapses.h()).put("c" + l, synapses.c());
        Messages sent = visited.sent();
        if (sent != null) {
            changed.put("forward" + l, sent.forward()).put("backward" + l, sent.backward());
        } else if (l > 0) {
            changed.put("backward" + l, cell.backward(synapses));
        }
        return changed.build();
    }
}
