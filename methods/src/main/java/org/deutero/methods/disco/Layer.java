package org.deutero.methods.disco;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** Layers as the published weights have them: {@code module/w} [in, out], or [1, in, out] of a convolution of width 1, and {@code module/b} [out]; either shared or with a leading dimension of lifetimes. */
final class Layer {
    private Layer() {}

    /** x w + b: [lifetimes, ..., in] to [lifetimes, ..., out]. */
    static Tensor apply(Params theta, String module, Tensor x) {
        long[] shape = x.shape();
        Tensor flat = x.reshape(shape[0], -1, shape[shape.length - 1]);
        Tensor bias = bias(theta, module);
        Tensor out = flat.matmul(weight(theta, module)).add(bias);
        shape[shape.length - 1] = out.size(2);
        return out.reshape(shape);
    }

    /** [in, out] or [lifetimes, in, out]. */
    static Tensor weight(Params theta, String module) {
        Tensor weight = theta.get(module + "/w");
        boolean own = theta.get(module + "/b").rank() == 2;
        long in = weight.size(-2);
        long out = weight.size(-1);
        return own ? weight.reshape(-1, in, out) : weight.reshape(in, out);
    }

    /** [out] or [lifetimes, 1, out]. */
    static Tensor bias(Params theta, String module) {
        Tensor bias = theta.get(module + "/b");
        return bias.rank() == 2 ? bias.unsqueeze(1) : bias;
    }

    /** A hidden layer of rectified units and a linear one. */
    static Tensor mlp(Params theta, String module, Tensor x) {
        return apply(
                theta,
                module + "/~/linear_1",
                apply(theta, module + "/~/linear_0", x).relu());
    }

    /** Rectified units that see an action and the mean over actions: [lifetimes, time, copies, actions, in] to [..., out]. */
    static Tensor acrossActions(Params theta, String module, Tensor x) {
        Tensor mean = x.meanKeep(3).expand(-1, -1, -1, x.size(3), -1);
        return apply(theta, module, Tensors.cat(List.of(x, mean), 4)).relu();
    }
}
