package org.deutero.methods.maml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deutero.learn.meta.Estimate;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.testkit.Golden;

/** What the golden tests of this package share: the network and the tasks of a file, and how an estimate is compared. */
public final class GoldenNetworks {
    private GoldenNetworks() {}

    /** The perceptron of a file. */
    public static Mlp mlp(Golden golden) {
        return mlp(golden, "theta");
    }

    /** The perceptron of a file whose weights are under a prefix. */
    public static Mlp mlp(Golden golden, String prefix) {
        return mlp(golden, prefix, 0);
    }

    /** The same, whose weights lead with so many dimensions of tasks. */
    public static Mlp mlp(Golden golden, String prefix, int leading) {
        List<Integer> sizes = new ArrayList<>();
        for (String layer : golden.list("layers")) {
            Tensor weight = golden.tensor(prefix + "." + layer + ".weight");
            if (sizes.isEmpty()) {
                sizes.add((int) weight.size(leading + 1));
            }
            sizes.add((int) weight.size(leading));
        }
        Activation activation = Activation.valueOf(golden.text("activation").toUpperCase(Locale.ROOT));
        return new Mlp(sizes, activation, Initializer.FAN_IN_UNIFORM);
    }

    /** The image network of a file. */
    public static ConvNet conv(Golden golden) {
        Tensor first = golden.tensor("theta.conv0.weight");
        Tensor x = golden.tensor("support.x");
        return new ConvNet(
                (int) first.size(1),
                (int) x.size(4),
                golden.integer("blocks"),
                (int) first.size(0),
                ConvNet.Halving.MAX_POOL,
                true,
                Activation.RELU,
                ConvNet.Readout.FLATTEN,
                golden.integer("way"),
                Initializer.FAN_IN_UNIFORM);
    }

    /** The tasks of a file. */
    public static Episodes tasks(Golden golden) {
        return new Episodes(
                golden.tensor("support.x"),
                golden.tensor("support.y"),
                golden.tensor("query.x"),
                golden.tensor("query.y"),
                golden.hasText("way") ? golden.integer("way") : 0);
    }

    /** The adaptation that moves exactly the layers listed. */
    public static Adaptation adaptation(Network network, String adapted) {
        if (adapted.equals("all")) {
            return Adaptation.ALL;
        }
        List<String> moved = List.of(adapted.split(","));
        for (Adaptation candidate : Adaptation.values()) {
            List<String> moves = network.layers().stream()
                    .filter(l -> candidate.moves(network, l + ".weight"))
                    .toList();
            if (moves.equals(moved)) {
                return candidate;
            }
        }
        throw new AssertionError("no adaptation moves the layers " + adapted);
    }

    /** Demands the losses and the mean gradient of a file. */
    public static void compare(Golden golden, String estimator, Estimate estimate) {
        int tasks = (int) estimate.losses().size(0);
        golden.check("expect." + estimator + ".meta_loss", estimate.losses());
        golden.checkAll("expect." + estimator + ".grad", estimate.gradient().mul(1.0 / tasks));
    }
}
