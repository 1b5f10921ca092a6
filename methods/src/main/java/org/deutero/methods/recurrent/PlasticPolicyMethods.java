package org.deutero.methods.recurrent;

import java.util.EnumSet;
import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.methods.plastic.BiasedCell;
import org.deutero.methods.plastic.DrivenCell;
import org.deutero.methods.plastic.ModulatedCell;
import org.deutero.methods.plastic.PlasticCell;
import org.deutero.methods.plastic.PlasticityModulation;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.methods.plastic.TraceRule;
import org.deutero.methods.recurrent.Experience.Part;
import org.deutero.options.Options;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/** Plastic policies as recipes name them. */
public final class PlasticPolicyMethods {
    /** Backpropamine in worlds. */
    public static final Method PLASTIC_POLICY = new Method(
            "plastic-policy",
            "Backpropamine: plastic policies that rule their own plasticity",
            Spectrum.PLASTICITY,
            "Miconi, Rawal, Clune, Stanley 2019, arXiv 2002.10585",
            "weights of a recurrent policy, and how plastic each of them is; a signal of its own says when they change",
            "a2c",
            List.of(new Form<>(TaskKind.WORLDS, PlasticPolicyMethods::policy)));

    private static final int MOST = 100_000;

    /** What connections are to learn by. */
    private enum Plasticity {
        /** They do not change: a plain recurrent network. */
        NONE,
        /** Traces follow activity, ruled by nothing. */
        UNMODULATED,
        SIMPLE,
        FAN,
        RETROACTIVE
    }

    private PlasticPolicyMethods() {}

    private static Predictor<Worlds> policy(Sections s, WorldShape world) {
        return RecurrentMethods.agent(
                s,
                world,
                EnumSet.of(Part.OBSERVATION, Part.ACTION, Part.REWARD),
                inputs -> cell(s.method(), inputs),
                false);
    }

    private static RecurrentCell cell(Options o, int inputs) {
        Plasticity plasticity =
                o.choice("plasticity", Plasticity.SIMPLE, "what changes connections, and what rules these changes");
        int units = o.integer("units", 200, 1, MOST, "units of the network");
        double deviation = o.positive(
                "deviation",
                0.01,
                "of weights and plasticities at the start; of modulated networks the largest, and none is negative");
        if (plasticity == Plasticity.NONE) {
            return new DrivenCell(inputs, new PlasticCell(units, TraceRule.HEBB_DECAY, false, deviation, 1));
        }
        if (plasticity == Plasticity.UNMODULATED) {
            TraceRule rule = o.choice("rule", TraceRule.HEBB_DECAY, "how traces follow activity");
            double rate = o.positive("rate", 0.1, "eta of traces at the start");
            return new DrivenCell(inputs, new PlasticCell(units, rule, true, deviation, rate));
        }
        return new BiasedCell(new ModulatedCell(
                inputs + 1,
                units,
                PlasticityModulation.valueOf(plasticity.name()),
                o.positive("bound", plasticity == Plasticity.FAN ? 2 : 1, "largest trace"),
                deviation,
                plasticity == Plasticity.RETROACTIVE
                        ? o.positive("rate", 0.1, "eta of eligibilities at the start")
                        : 0));
    }
}
