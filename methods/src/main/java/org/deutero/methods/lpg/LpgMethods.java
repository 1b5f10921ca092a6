package org.deutero.methods.lpg;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/** Learned policy gradients, and what they are compared with, as recipes name them. */
public final class LpgMethods {
    /** LPG. */
    public static final Method LPG = new Method(
            "lpg",
            "Discovering Reinforcement Learning Algorithms",
            Spectrum.RULE,
            "Oh, Hessel, Czarnecki, Xu, van Hasselt, Singh, Silver 2020, arXiv 2007.08794",
            "a recurrent network that says what experience does to an agent's policy and to a prediction of no fixed"
                    + " meaning",
            "truncated-bptt",
            List.of(new Form<>(TaskKind.WORLDS, LpgMethods::lpg)));

    /** Advantage actor-critic with the agents of LPG. */
    public static final Method ACTOR_CRITIC = new Method(
            "tabular-a2c",
            "Advantage actor-critic in LPG's lives",
            Spectrum.BASELINE,
            "baseline; Mnih et al. 2016, arXiv 1602.01783",
            "nothing: agents follow advantages of a value that they learn; what a learned objective has to beat",
            "unroll",
            List.of(new Form<>(TaskKind.WORLDS, LpgMethods::actorCritic)));

    private LpgMethods() {}

    private static Predictor<Worlds> lpg(Sections s, WorldShape world) {
        return new LpgOptions(s, world).lpg();
    }

    private static Predictor<Worlds> actorCritic(Sections s, WorldShape world) {
        return new LpgOptions(s, world).actorCritic();
    }
}
