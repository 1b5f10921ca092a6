package org.deutero.methods.remember;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;

/** How synapses w [tasks, in, out] between cue and content neurons change and what they send. Every synapse sees its own two neurons and itself, nothing else, and all follow one rule. */
public sealed interface SynapseRule {
    /** Fresh meta-parameters; none for rules that are written by hand. */
    Params init(RandomGenerator rng, DType dtype);

    /**
     * Synapses after a pair was shown.
     *
     * @param w [tasks, in, out]
     * @param x cue, [tasks, 1, in]
     * @param y content, [tasks, 1, out]
     */
    Tensor write(Params theta, Tensor w, Tensor x, Tensor y);

    /** What cues x [tasks, n, in] recall, [tasks, n, out]. */
    Tensor read(Params theta, Tensor w, Tensor x);

    /** Synapses add up products of cue and content: w := w + x' y. */
    record Hebbian() implements SynapseRule {
        @Override
        public Params init(RandomGenerator rng, DType dtype) {
            return Params.EMPTY;
        }

        @Override
        public Tensor write(Params theta, Tensor w, Tensor x, Tensor y) {
            return w.baddbmm(x.transpose(1, 2), y);
        }

        @Override
        public Tensor read(Params theta, Tensor w, Tensor x) {
            return x.matmul(w);
        }
    }

    /** What a cue recalls is corrected (Widrow, Hoff 1960): w := w + x' (y - x w) / |x|^2. */
    record Delta() implements SynapseRule {
        private static final double SMALL = 1e-12;

        @Override
        public Params init(RandomGenerator rng, DType dtype) {
            return Params.EMPTY;
        }

        @Override
        public Tensor write(Params theta, Tensor w, Tensor x, Tensor y) {
            Tensor direction = x.div(x.square().sumKeep(2).add(SMALL));
            return w.baddbmm(direction.transpose(1, 2), y.sub(x.matmul(w)));
        }

        @Override
        public Tensor read(Params theta, Tensor w, Tensor x) {
            return x.matmul(w);
        }
    }

    /**
     * Two small perceptrons, shared by all synapses: w := w + step u(x_i, y_j, tanh of j's own recall, w_ij), recall_j = sum over i of r(x_i, w_ij). Under {@code write} and {@code read}.
     *
     * @param hidden units of each perceptron
     * @param step factor on what u puts out
     */
    record Learned(int hidden, double step) implements SynapseRule {
        private Mlp perceptron(int inputs) {
            return new Mlp(List.of(inputs, hidden, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM);
        }

        @Override
        public Params init(RandomGenerator rng, DType dtype) {
            return Params.builder()
                    .put("write", perceptron(4).init(rng, dtype))
                    .put("read", perceptron(2).init(rng, dtype))
                    .build();
        }

        @Override
        public Tensor write(Params theta, Tensor w, Tensor x, Tensor y) {
            Tensor recall = read(theta, w, x).tanh();
            Tensor change = local(perceptron(4), theta.child("write"), w.unsqueeze(1), x, List.of(y, recall));
            return w.addScaled(change.squeeze(1), step);
        }

        @Override
        public Tensor read(Params theta, Tensor w, Tensor x) {
            Tensor all = w.unsqueeze(1).expand(-1, x.size(1), -1, -1);
            return local(perceptron(2), theta.child("read"), all, x, List.of()).sum(2);
        }

        /** A perceptron at every synapse, [tasks, n, in, out], of (x_i, what targets bring, w_ij). */
        private static Tensor local(Mlp perceptron, Params theta, Tensor w, Tensor x, List<Tensor> targets) {
            Tensor source = x.unsqueeze(3).expand(w.shape());
            List<Tensor> arguments = new ArrayList<>(List.of(source));
            targets.forEach(y -> arguments.add(y.unsqueeze(2).expand(w.shape())));
            arguments.add(w);
            Tensor stacked = Tensors.stack(arguments, 4);
            Tensor flat = stacked.reshape(w.size(0), -1, arguments.size());
            return perceptron.apply(theta, flat).reshape(w.shape());
        }
    }
}
