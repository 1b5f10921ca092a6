package org.deutero.methods.weighting;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.options.Options;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.nn.Network;

/** Keys of gates that are drawn. */
final class SampledGateOptions {
    private SampledGateOptions() {}

    /** The gates of a network's tensors. */
    static SampledGate of(Options o, Network network) {
        int open =
                o.integer("open-layers", 0, 0, 1000, "last layers that the meta-gradient passes through in any case");
        int sampled = o.integer(
                "sampled-layers",
                0,
                0,
                1000,
                "layers before them whose tensors have gates; 0 for all, the rest is shut");
        GateSampler published = GateSampler.PUBLISHED;
        GateSampler sampler = new GateSampler(
                o.integer("sampler-layers", published.layers(), 2, 3, "linear layers of a network that draws gates"),
                o.integer("sampler-hidden", published.hidden(), 1, 100_000, "its hidden units"),
                o.positive("temperature", published.temperature(), "of its Gumbel-softmax"),
                o.choice(
                        "sampler-input",
                        published.pooling(),
                        "what it sees of a tensor's gradient: its mean for every output, or the standardised sums"));
        FixedGate always = FixedGate.last(network, open);
        return new SampledGate(
                always,
                tensors(network, always, open, sampled),
                sampler,
                o.number("budget", 4, 0, 1e6, "gates that should be open among those drawn"),
                o.number("budget-weight", 0.1, 0, 1e6, "weight of the squared distance from that number"),
                o.flag("budget-of-last", false, "whether only the last gate is counted, as in the released code"),
                o.flag(
                        "gates-feel-loss",
                        false,
                        "whether gates learn from the meta-loss through the step, too, as in the released code"));
    }

    private static List<String> tensors(Network network, FixedGate always, int open, int sampled) {
        FixedGate reach = sampled == 0 ? FixedGate.NONE : FixedGate.last(network, open + sampled);
        try (Scope s = Scope.open()) {
            return network.init(new SplittableRandom(0), DType.FLOAT32).names().stream()
                    .filter(name -> reach.open(name) && !always.open(name))
                    .toList();
        }
    }
}
