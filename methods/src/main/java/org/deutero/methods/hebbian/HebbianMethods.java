package org.deutero.methods.hebbian;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;

/** Hebbian networks as recipes name them. */
public final class HebbianMethods {
    /** Networks with evolved Hebbian coefficients. */
    public static final Method HEBBIAN = new Method(
                    "hebbian",
                    "Meta-learning through Hebbian plasticity in random networks",
                    Spectrum.PLASTICITY,
                    "Najarro, Risi 2020, arXiv 2007.02686",
                    "coefficients of a Hebbian rule for every synapse; weights start at random in every life and never see a reward",
                    "openai-es",
                    HebbianMethods::learner)
            .and(TaskKind.WORLDS, HebbianMethods::agent);

    private HebbianMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        return new HebbianLearner(network(s), shape, DType.FLOAT32);
    }

    private static Predictor<Worlds> agent(Sections s, WorldShape world) {
        return new HebbianAgent(network(s), world, DType.FLOAT32);
    }

    private static HebbianNetwork network(Sections s) {
        Options o = s.method();
        AbcdRule.Terms terms = o.choice("terms", AbcdRule.Terms.ABCD, "terms of the Hebbian rule");
        boolean offset = terms == AbcdRule.Terms.AD || terms == AbcdRule.Terms.ABCD;
        return new HebbianNetwork(
                new AbcdRule(
                        terms,
                        o.flag("rates", true, "whether every synapse has a rate, too"),
                        offset
                                ? o.choice("d", AbcdRule.Place.IN, "where D stands: inside of what rates act on or out")
                                : AbcdRule.Place.IN),
                o.flag("plastic", true, "whether weights change in a life; false for a network of learned weights"),
                s.network().integers("hidden", List.of(128, 64), 1, 100_000, "units of the hidden layers"),
                o.positive("range", 0.1, "weights start uniform within plus and minus this"));
    }
}
