package org.deutero.methods.symla;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.methods.vsml.RuleOptions;
import org.deutero.options.Options;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;

/** SymLA as recipes name it. */
public final class SymlaMethods {
    /** SymLA. */
    public static final Method SYMLA = new Method(
            "symla",
            "Symmetric Learning Agents",
            Spectrum.RULE,
            "Kirsch, Flennerhag, van Hasselt, Friesen, Oh, Chen 2022, arXiv 2109.10781",
            "one small LSTM that is every synapse of an agent; it explores and learns in its states",
            "es",
            List.of(new Form<>(TaskKind.WORLDS, SymlaMethods::symla)));

    private SymlaMethods() {}

    private static Predictor<Worlds> symla(Sections s, WorldShape world) {
        RuleOptions rule = new RuleOptions(s.method());
        Options o = s.method();
        List<Integer> hidden =
                o.integers("hidden", List.of(), 1, 10_000, "units of the layers between observations and actions");
        return new Symla(
                new SymmetricPolicy(hidden, rule.rewarded(8, 4), rule.initial(0)),
                o.number(
                        "terminal-reward",
                        0,
                        -1e6,
                        1e6,
                        "added to the reward that the agent is told when the world ends an episode; the meta-loss does"
                                + " not count it"),
                DType.FLOAT32);
    }
}
