package org.deutero.methods.network;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.deutero.options.Options;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.NormalizedMlp;

/** Keys of {@code network.type: mlp}. */
public final class MlpOptions {
    private MlpOptions() {}

    private enum HiddenNormalization {
        NONE,
        BATCH
    }

    /** The network; {@code outputs} of its head. Without one, 0, its last hidden layer is linear and what it ends in. */
    public static Network network(Options o, TaskShape shape, int outputs) {
        return outputs > 0 ? whole(o, shape, outputs) : new Headless(whole(o, shape, 0));
    }

    /** The network without a head, whose features are maps without height and width. */
    public static FeatureMaps maps(Options o, TaskShape shape) {
        Headless encoder = new Headless(whole(o, shape, 0));
        return new FeatureMaps(encoder, width(encoder).getAsInt(), 0);
    }

    /** The width of an encoder, if it is of this type. */
    public static OptionalInt width(Headless encoder) {
        Network whole = encoder.whole() instanceof NormalizedMlp normalized ? normalized.plain() : encoder.whole();
        return whole instanceof Mlp mlp
                ? OptionalInt.of(mlp.sizes().get(mlp.sizes().size() - 1))
                : OptionalInt.empty();
    }

    private static Network whole(Options o, TaskShape shape, int outputs) {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(shape.features());
        sizes.addAll(o.integers("hidden", List.of(40, 40), 1, 100_000, "units of the hidden layers"));
        if (outputs > 0) {
            sizes.add(outputs);
        }
        Mlp plain = new Mlp(
                sizes,
                o.choice("activation", Activation.RELU, "non-linearity between layers"),
                o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start"));
        return switch (o.choice(
                "normalization", HiddenNormalization.NONE, "what normalises hidden units: none or batch")) {
            case NONE -> plain;
            case BATCH -> new NormalizedMlp(plain);
        };
    }
}
