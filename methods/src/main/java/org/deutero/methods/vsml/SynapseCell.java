package org.deutero.methods.vsml;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.recurrent.Lstm;

/**
 * A rule with the meta-parameters of every task, at work in all synapses between two layers of units at once.
 *
 * <p>With incoming messages f_a of source a and b_b of target b, x_ab = [f_a, b_b, ...]: g = W [x_ab, h_ab] + b; i, f, o are logistic sigmoids, c' = f c + i tanh(g), h' = o tanh(c'). What does not depend on both
 * units is multiplied by W once for each unit, not for each synapse.
 */
public final class SynapseCell {
    private final VsmlRule rule;
    private final Params theta;
    private final Tensor weight;
    private final Tensor recurrent;
    private final Tensor bias;

    /** @param theta of each task, [tasks, ...] */
    public SynapseCell(VsmlRule rule, Params theta) {
        this.rule = rule;
        this.theta = theta;
        this.weight = theta.get("lstm.weight");
        this.recurrent = weight.slice(2, rule.inputs(), weight.size(2));
        int n = rule.state();
        double[] gates = new double[4 * n];
        for (int i = 0; i < n; i++) {
            gates[i] = -rule.gateBias();
            gates[2 * n + i] = rule.gateBias();
        }
        Tensor constant = Tensor.of(gates, 4L * n).to(weight.dtype()).to(weight.device());
        this.bias = theta.get("lstm.bias").add(constant).unsqueeze(2);
    }

    /** The rule. */
    public VsmlRule rule() {
        return rule;
    }

    /**
     * Synapses after a visit.
     *
     * @param in incoming messages
     * @param reward [tasks]; null for rules without
     * @param own the messages that the same units sent last, targets forward and sources backward; null for rules without
     */
    public Synapses visit(Synapses before, Messages in, Tensor reward, Messages own) {
        return visited(before, in, reward, own).synapses();
    }

    /**
     * What a visit leaves.
     *
     * @param synapses after it
     * @param sent the messages of their units after it; null for rules that are not given them
     */
    record Visited(Synapses synapses, Messages sent) {}

    /** The same, with the messages that were made on the way. */
    Visited visited(Synapses before, Messages in, Tensor reward, Messages own) {
        int m = rule.message();
        Tensor sources = through(0, in.forward());
        Tensor targets = through(m, in.backward()).add(bias);
        if (rule.reward()) {
            targets = targets.add(through(2 * m, reward.reshape(-1, 1, 1)));
        }
        Synapses synapses = before;
        Messages sent = own;
        Tensor drive = rule.ownMessages() ? null : sum(sources, targets);
        for (int tick = 0; tick < rule.ticks(); tick++) {
            if (rule.ownMessages()) {
                int from = rule.inputs() - 2 * m;
                drive = sum(
                        sources.add(through(from + m, sent.backward())), targets.add(through(from, sent.forward())));
            }
            synapses = tick(drive, synapses);
            sent = rule.ownMessages() ? new Messages(forward(synapses), backward(synapses)) : null;
        }
        return new Visited(synapses, sent);
    }

    /** A message of each unit, [tasks, slots, units], through its columns of W: [tasks, 4N, units]. */
    private Tensor through(int column, Tensor message) {
        Tensor columns = weight.slice(2, column, column + message.size(1));
        // A product of one slot needs no sum, and small products of matrices are slow.
        return message.size(1) == 1 ? columns.mul(message) : columns.matmul(message);
    }

    private static Tensor sum(Tensor sources, Tensor targets) {
        return sources.unsqueeze(3).add(targets.unsqueeze(2));
    }

    /** @param drive of the gates by everything but the synapse's own output, [tasks, 4N, sources, targets] */
    private Synapses tick(Tensor drive, Synapses before) {
        Tensor gates =
                drive.flatten(2).baddbmm(recurrent, before.h().flatten(2)).reshape(drive.shape());
        Lstm.State after = Lstm.Gates.IGFO.update(gates, before.c(), 1);
        return new Synapses(after.h(), after.c());
    }

    /** What target units send onwards: the forward messages of their synapses, reduced over sources; [tasks, M, targets]. */
    public Tensor forward(Synapses synapses) {
        return message("forward", synapses.h(), 2);
    }

    /** What source units send back: the backward messages of their synapses, reduced over targets; [tasks, M, sources]. */
    public Tensor backward(Synapses synapses) {
        return message("backward", synapses.h(), 3);
    }

    /** The forward messages of every synapse, before the reduction: [tasks, M, sources, targets]. */
    public Tensor forwardOfEach(Synapses synapses) {
        return each("forward", synapses.h());
    }

    /** The backward messages of every synapse, before the reduction: [tasks, M, sources, targets]. */
    public Tensor backwardOfEach(Synapses synapses) {
        return each("backward", synapses.h());
    }

    private Tensor message(String direction, Tensor h, int dim) {
        if (rule.layerNorm()) {
            return rule.reduction().over(each(direction, h), dim);
        }
        // The head is affine, so it may come after the reduction, where there is less to multiply.
        Tensor reduced = rule.reduction().over(h, dim);
        Params head = theta.child("head_" + direction);
        Tensor constant = head.get("bias").unsqueeze(2);
        return (rule.reduction() == Reduction.SUM ? constant.mul((double) h.size(dim)) : constant)
                .baddbmm(head.get("weight"), reduced);
    }

    private Tensor each(String direction, Tensor h) {
        Tensor flat = h.flatten(2).transpose(1, 2);
        Tensor messages = Linear.apply(theta.child("head_" + direction), flat);
        if (rule.layerNorm()) {
            messages = rule.norm().apply(theta.child("norm_" + direction), messages);
        }
        return messages.transpose(1, 2).reshape(h.size(0), rule.message(), h.size(2), h.size(3));
    }
}
