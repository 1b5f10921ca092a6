package org.deutero.methods.spiking;

import java.util.List;
import java.util.Optional;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.SettlingOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.synapse.Consolidation;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Learners of spiking synapses, as recipes name them. */
public final class SpikingMethods {
    /** Learned centres. */
    public static final Method SPIKING_SYNAPSE = new Method(
            "spiking-synapse",
            "Contrastive meta-learning, spiking network",
            Spectrum.PLASTICITY,
            "Zucchet, Schug, von Oswald, Zhao, Sacramento 2022, arXiv 2104.01677",
            "for every synapse between spiking neurons a centre that its weight is pulled to, and starts from; learning is e-prop",
            "contrastive",
            SpikingMethods::learner);

    private enum Rule {
        E_PROP,
        BACKPROPAGATION
    }

    private SpikingMethods() {}

    private static SpikingSynapse learner(Sections s, TaskShape shape) {
        if (shape.areImages()) {
            throw new OptionsException(s.method().path("name")
                    + ": spiking-synapse encodes numbers by populations of neurons, but inputs have shape "
                    + shape.input());
        }
        Options o = s.method();
        SettlingOptions.Both settling = SettlingOptions.of(o, 1e-3, 500);
        PopulationCode code = code(s.network());
        Rule rule = o.choice("rule", Rule.E_PROP, "how weights learn: e-prop, or back-propagation through time");
        return new SpikingSynapse(
                code,
                network(s.network(), shape, code),
                shape.objective(),
                new FiringRate(
                        o.number("rate-strength", 1e-5, 0, 1e6, "strength of the pull of firing rates"),
                        o.number("rate-target", 0.2, 0, 1, "their target, in spikes a time step")),
                rule == Rule.E_PROP ? Optional.of(eprop(o)) : Optional.empty(),
                new Consolidation(
                        true,
                        o.choice(
                                "strength",
                                Consolidation.Strength.FIXED,
                                "whether strengths of the pull are fixed, or learned for every tensor or synapse"),
                        o.positive("lambda", 2e-3, "strength of the pull, at the start if it is learned")),
                settling.training(),
                settling.evaluation(),
                DType.FLOAT32);
    }

    private static EProp eprop(Options o) {
        return new EProp(
                Surrogate.TRIANGLE,
                1,
                1,
                o.number("readout-factor", 0.1, 0, 1e6, "factor on the learning of readout weights"));
    }

    private static PopulationCode code(Options o) {
        int neurons = o.integer("encoders", 100, 2, 100_000, "neurons that encode an input");
        int steps = o.integer("time-steps", 20, 1, 100_000, "time steps of a run");
        double low = o.number("input-low", -5, -1e9, 1e9, "smallest input that is encoded");
        double high = o.number("input-high", 5, -1e9, 1e9, "largest one");
        if (!(high > low)) {
            throw new OptionsException(o.path("input-high") + " must be above " + o.path("input-low") + ", which is "
                    + low + ", but it is " + high);
        }
        double variance = o.positive("tuning-variance", 2e-4, "of an encoder's tuning curve, the range being 1");
        return new PopulationCode(neurons, steps, low, high, variance);
    }

    private static LifNetwork network(Options o, TaskShape shape, PopulationCode code) {
        List<Integer> hidden = o.integers("hidden", List.of(100), 1, 100_000, "neurons, in one recurrent layer");
        if (hidden.size() != 1) {
            throw new OptionsException(
                    o.path("hidden") + ": a spiking network has one layer of neurons, not " + hidden.size());
        }
        return LifNetwork.of(shape.features() * code.neurons(), hidden.get(0), shape.outputs());
    }
}
