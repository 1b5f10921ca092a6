package org.deutero.methods.online;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.nn.Network;

/** Ordinary learners of sequences as recipes name them. */
public final class OnlineMethods {
    /** The nearest item so far. */
    public static final Method NEIGHBOUR = new Method(
            "online-nearest-neighbour",
            "Online nearest neighbour",
            Spectrum.BASELINE,
            "baseline",
            "nothing: the answer of the nearest item that was told; what a learned learner of sequences has to beat",
            "unroll",
            List.of(new Form<>(TaskKind.SEQUENCES, (s, shape) -> new OnlineNeighbour(shape, DType.FLOAT32))));

    /** Training from scratch on what has been told. */
    public static final Method TRAINING = new Method(
            "online-sgd",
            "Online training from scratch",
            Spectrum.BASELINE,
            "baseline",
            "nothing: an optimiser on a fresh network, item by item; what a learned learner of sequences has to beat",
            "unroll",
            List.of(new Form<>(TaskKind.SEQUENCES, OnlineMethods::training)));

    private enum Trained {
        ALL,
        LAST
    }

    private OnlineMethods() {}

    private static Predictor<Sequences> training(Sections s, TaskShape shape) {
        Options o = s.method();
        Network network = NetworkOptions.perceptron(s.network(), shape);
        if (remembers(network)) {
            throw new OptionsException(s.network().path("type")
                    + " has running statistics, which a network trained item by item cannot have; expected mlp");
        }
        return new OnlineTraining(
                network,
                shape.objective(),
                OptimizerOptions.inner(o),
                o.positive("inner-rate", 0.1, "step size"),
                o.integer("updates", 1, 1, 10_000, "updates after each item"),
                o.choice("trained-on", Trained.ALL, "what an update is on: all that has been told, or the last item")
                        == Trained.ALL,
                DType.FLOAT32);
    }

    private static boolean remembers(Network network) {
        try (Scope s = Scope.open()) {
            return !network.initialMoments(DType.FLOAT32).isEmpty();
        }
    }
}
