package org.deutero.methods.disco;

import java.util.ArrayList;
import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.Lstm;

/** The two recurrent networks of the rule: one goes through a rollout from its end to its beginning and puts out targets, the other takes a step with every update of a lifetime and modulates the first. Parameters have the names of {@link DiscoWeights}. */
final class DiscoNetwork {
    private static final String TRAJECTORY = "lstm/";
    private static final String LIFETIME = "lstm/~/meta_lstm/~unroll/";
    private static final double FORGET_BIAS = 1;

    private DiscoNetwork() {}

    /**
     * Targets of a rollout.
     *
     * @param lifetime state of the lifetime's network before it, [lifetimes, units]
     */
    static Targets targets(Params theta, Rollout rollout, Lstm.State lifetime) {
        Inputs inputs = Inputs.of(theta, TRAJECTORY, rollout);
        Tensor outputs = backwards(theta, inputs.x(), rollout.experience().terminal());
        Tensor gain = Layer.apply(theta, TRAJECTORY + "linear", lifetime.h());
        Tensor h = outputs.mul(gain.unsqueeze(1).unsqueeze(1));
        long actions = inputs.actions().size(3);
        Tensor each = Tensors.cat(List.of(h.unsqueeze(3).expand(-1, -1, -1, actions, -1), inputs.actions()), 4);
        Tensor hidden = Layer.acrossActions(theta, TRAJECTORY + "sequential_1/conv1_d", each);
        return new Targets(
                Layer.apply(theta, TRAJECTORY + "linear_4", hidden).squeeze(4),
                Layer.apply(theta, TRAJECTORY + "linear_2", h),
                Layer.apply(theta, TRAJECTORY + "linear_3", h),
                Layer.apply(theta, TRAJECTORY + "linear_1", h),
                inputs.x());
    }

    /** From the last step to the first, begun anew where an episode ended: [lifetimes, T, copies, in] to [lifetimes, T, copies, units]. */
    private static Tensor backwards(Params theta, Tensor x, Tensor terminal) {
        String module = TRAJECTORY + "lstm/linear";
        Tensor weight = Layer.weight(theta, module);
        int dim = weight.rank() - 2;
        long in = x.size(3);
        long units = weight.size(dim) - in;
        Tensor recurrent = weight.slice(dim, in, in + units);
        Tensor driven = x.reshape(x.size(0), -1, in)
                .matmul(weight.slice(dim, 0, in))
                .add(Layer.bias(theta, module))
                .reshape(x.size(0), x.size(1), x.size(2), 4 * units);
        Tensor goesOn = terminal.neg().add(1).unsqueeze(3);
        Lstm.State state = Lstm.State.zeros(x.dtype(), x.size(0), x.size(2), units);
        List<Tensor> outputs = new ArrayList<>();
        for (int t = (int) x.size(1) - 1; t >= 0; t--) {
            Tensor keep = goesOn.select(1, t);
            Tensor drive = driven.select(1, t).add(state.h().mul(keep).matmul(recurrent));
            state = cell(drive, state.c().mul(keep), 2);
            outputs.add(0, state.h());
        }
        return Tensors.stack(outputs, 1);
    }

    /** One update more of the lifetime. */
    static Lstm.State after(Params theta, Rollout rollout, Targets targets, Lstm.State lifetime) {
        Tensor x = Inputs.of(theta, LIFETIME, rollout).x();
        Tensor y = Inputs.embed(theta, LIFETIME + "mlp", targets.y()).unsqueeze(3);
        Tensor averaged = Layer.apply(
                        theta, LIFETIME + "mlp_2/~/linear_0", Tensors.cat(List.of(x, targets.summary(), y), 3))
                .mean(1, 2);
        Tensor drive = Layer.apply(theta, LIFETIME + "lstm/linear", Tensors.cat(List.of(averaged, lifetime.h()), 1));
        return cell(drive, lifetime.c(), 1);
    }

    private static Lstm.State cell(Tensor drive, Tensor c, int dim) {
        long units = c.size(dim);
        Tensor offset = Tensors.cat(
                List.of(
                        Tensors.zeros(c.dtype(), 2 * units),
                        Tensors.full(FORGET_BIAS, c.dtype(), units),
                        Tensors.zeros(c.dtype(), units)),
                0);
        return Lstm.Gates.IGFO.update(drive.add(offset.to(c.device())), c, dim);
    }
}
